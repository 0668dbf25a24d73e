using Microsoft.EntityFrameworkCore;
using OgpBot.Dialogs;

namespace OgpBot.Submissions.Filing;

/// <summary>Finds submissions by the value of a field of the form, a city's own among them.</summary>
internal static class FieldFilter
{
    /// <summary>Those whose field has the value. Nothing is found by contact data.</summary>
    internal static IQueryable<Submission> Where(IQueryable<Submission> submissions, FormField field, string value)
    {
        if (FieldValues.PropertyOf(field) is { } property)
        {
            return submissions.Where(submission => EF.Property<string?>(submission, property) == value);
        }

        var pair = FieldValues.OwnPair(field.Slot, value);
        return submissions.Where(submission => field.Keeps != FieldKeep.Contact && submission.OwnFields!.Contains(pair));
    }
}
