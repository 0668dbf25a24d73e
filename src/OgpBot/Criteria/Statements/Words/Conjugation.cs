using OgpBot.Dialogs;

namespace OgpBot.Criteria.Statements.Words;

/// <summary>
/// All simple forms of a Spanish verb, without accents, with the pronouns that hang at its end. After a slash stands the stem that
/// the stress changes (<c>colgar/cuelg</c>), after another the one of "murió, muriendo" (<c>morir/muer/mur</c>).
/// Voseo needs nothing: without accents it is written like a form that is there already.
/// </summary>
internal static class Conjugation
{
    private static readonly (string Text, WordFeatures Features)[] Pronouns =
    [
        ("los", WordFeatures.Them), ("las", WordFeatures.Them), ("les", WordFeatures.Them), ("lo", WordFeatures.It), ("la", WordFeatures.It),
        ("le", WordFeatures.It), ("te", WordFeatures.Te), ("se", WordFeatures.Te), ("me", WordFeatures.Me), ("nos", WordFeatures.Me),
    ];

    internal static IEnumerable<WordForm> Of(string notation)
    {
        var parts = notation.Split('/').Select(TextFold.Fold).ToArray();
        var infinitive = parts[0];
        return infinitive.Length < 3 || infinitive[^2..] is not ("ar" or "er" or "ir")
            ? []
            : Of(infinitive, infinitive[^2], infinitive[..^2], parts.Length > 1 ? parts[1] : infinitive[..^2], parts.Length > 2 ? parts[2] : infinitive[..^2]);
    }

    private static IEnumerable<WordForm> Of(string infinitive, char vowel, string stem, string stressed, string weak)
    {
        var first = vowel == 'a';
        var (e, i) = (first ? "a" : "e", first ? "a" : vowel == 'i' ? "i" : "e");
        var past = first ? stem : weak;
        string Soft(string root) => first ? BeforeE(root) : BeforeA(root);
        var subj = first ? "e" : "a";
        var ie = first ? "a" : "ie";

        WordForm[] plain =
        [
            new((first ? stressed : BeforeA(stressed)) + "o", WordFeatures.I | WordFeatures.Pres),
            new(stressed + e + "s", WordFeatures.You | WordFeatures.Pres),
            new(stressed + e, WordFeatures.He | WordFeatures.Pres),
            new(stressed + e, WordFeatures.You | WordFeatures.Cmd),
            new(stem + i + "mos", WordFeatures.We | WordFeatures.Pres),
            new(stem + i + "is", WordFeatures.You | WordFeatures.Pres),
            new(stem + i + "d", WordFeatures.You | WordFeatures.Cmd),
            new(stressed + e + "n", WordFeatures.They | WordFeatures.Pres),
            new(Soft(stressed) + subj, WordFeatures.He | WordFeatures.I | WordFeatures.Subj),
            new(Soft(stressed) + subj + "s", WordFeatures.You | WordFeatures.Subj),
            new(Soft(past) + subj + "mos", WordFeatures.We | WordFeatures.Subj),
            new(Soft(stressed) + subj + "n", WordFeatures.They | WordFeatures.Subj),
            new((first ? BeforeE(stem) + "e" : stem + "i"), WordFeatures.I | WordFeatures.Past),
            new(stem + (first ? "aste" : "iste"), WordFeatures.You | WordFeatures.Past),
            new(first ? stem + "o" : weak + "io", WordFeatures.He | WordFeatures.Past),
            new(first ? stem + "aron" : weak + "ieron", WordFeatures.They | WordFeatures.Past),
            new(infinitive, WordFeatures.Inf),
            new(past + (first ? "ando" : "iendo"), WordFeatures.Ger),
        ];

        foreach (var form in plain)
        {
            yield return form;
        }

        foreach (var (ending, features) in new[]
        {
            ("e", WordFeatures.I | WordFeatures.Fut), ("as", WordFeatures.You | WordFeatures.Fut), ("a", WordFeatures.He | WordFeatures.Fut),
            ("emos", WordFeatures.We | WordFeatures.Fut), ("eis", WordFeatures.You | WordFeatures.Fut), ("an", WordFeatures.They | WordFeatures.Fut),
            ("ia", WordFeatures.I | WordFeatures.He | WordFeatures.Cond), ("ias", WordFeatures.You | WordFeatures.Cond),
            ("iamos", WordFeatures.We | WordFeatures.Cond), ("ian", WordFeatures.They | WordFeatures.Cond),
        })
        {
            yield return new(infinitive + ending, features);
        }

        foreach (var (ending, features) in new[]
        {
            ("", WordFeatures.I | WordFeatures.He), ("s", WordFeatures.You), ("mos", WordFeatures.We), ("n", WordFeatures.They),
        })
        {
            yield return new(stem + (first ? "aba" : "ia") + ending, features | WordFeatures.Past);
            yield return new(past + ie + "ra" + ending, features | WordFeatures.Imp);
            yield return new(past + ie + "se" + ending, features | WordFeatures.Imp);
        }

        foreach (var form in WordForms.WithGender(stem + (first ? "ado" : "ido")))
        {
            yield return form with { Features = form.Features | WordFeatures.Part };
        }

        foreach (var host in plain.Where(form => form.Features is WordFeatures.Inf or WordFeatures.Ger || form.Features.HasFlag(WordFeatures.Cmd)
            || (form.Features.HasFlag(WordFeatures.Subj) && !form.Features.HasFlag(WordFeatures.You))))
        {
            var features = host.Features.HasFlag(WordFeatures.Subj) ? (host.Features & ~WordFeatures.Subj & ~WordFeatures.I) | WordFeatures.Cmd : host.Features;
            foreach (var (text, pronoun) in Pronouns)
            {
                // "larguemos" + "nos" is written "larguémonos". "Largaos" is left out: too many nouns are one letter away ("gritos").
                var cut = text == "nos" && features.HasFlag(WordFeatures.We);
                yield return new((cut ? host.Text[..^1] : host.Text) + text, features | pronoun);
            }
        }
    }

    // The sound stays, the spelling changes: colgar → cuelgue, atacar → ataque, abrazar → abrace.
    private static string BeforeE(string stem) => stem[^1] switch
    {
        'g' => stem + "u",
        'c' => stem[..^1] + "qu",
        'z' => stem[..^1] + "c",
        _ => stem,
    };

    // exigir → exija, distinguir → distinga, torcer → tuerza.
    private static string BeforeA(string stem) => stem switch
    {
        [.., 'g'] => stem[..^1] + "j",
        [.., 'g', 'u'] => stem[..^1],
        [.., 'e' or 'o' or 'a' or 'u' or 'i', 'c'] => stem[..^1] + "zc",
        [.., 'c'] => stem[..^1] + "z",
        _ => stem,
    };
}
