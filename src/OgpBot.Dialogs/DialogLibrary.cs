using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using OgpBot.Dialogs.Steps;

namespace OgpBot.Dialogs;

/// <summary>All data files of a consultation: facts, dialogs, texts, places and form. They are read and checked once, at the start.</summary>
public sealed class DialogLibrary
{
    /// <summary>The dialog that every conversation begins with.</summary>
    public const string MainDialog = "main";

    private readonly Dictionary<(DialogCommand, string), IReadOnlyList<string>> commandWords = [];
    private readonly Dictionary<(DialogCommand, string), IReadOnlyList<HeardPhrase>> commandPhrases = [];
    private readonly List<(HeardPhrase Phrase, string Language)> languagePhrases = [];
    private readonly Dictionary<string, AnswerWords> answerWords = [];
    private readonly Dictionary<string, HeardTexts> heard = [];
    private readonly Dictionary<string, string> languageNames = [];
    private readonly Dictionary<string, Lazy<IntentClassifier>> intents;
    private readonly Dictionary<string, List<ChooseStep>> choosing;
    private readonly HashSet<string> freeTexts;
    private readonly Dictionary<string, IReadOnlyList<string>> slotsByDialog;

    private DialogLibrary(
        Consultation consultation, IReadOnlyList<Dialog> dialogs, IReadOnlyList<Texts> texts, Places places,
        IReadOnlyDictionary<string, IReadOnlyList<IntentExample>> examples, Form form, string version, HostContract host)
    {
        Form = form;
        OwnFields = [.. form.Fields.Where(field => field.Keeps != FieldKeep.Draft && !host.Fields.Contains(field.Slot))];
        HostFields = host.Fields;
        Places = places;
        Consultation = consultation;
        Dialogs = dialogs.ToDictionary(dialog => dialog.Id);
        Texts = texts.ToDictionary(text => text.Language);
        Version = version;
        Contracts = host.Calls.ToDictionary(contract => contract.Name);
        Finds = host.Finds;
        Constants = ConsultationFacts.Of(consultation, texts, host.Facts);
        var steps = dialogs.SelectMany(dialog => dialog.Steps).ToList();
        choosing = steps.OfType<ChooseStep>().Where(step => step.Slot is not null).GroupBy(step => step.Slot!).ToDictionary(group => group.Key, group => group.ToList());
        freeTexts = [.. steps.OfType<AskStep>().Select(step => step.Slot!)];
        slotsByDialog = dialogs.ToDictionary(dialog => dialog.Id, SlotsFilledBy);
        Prepare();

        // Trained when first needed: who presses buttons needs no classifier.
        intents = examples.ToDictionary(
            language => language.Key, language => new Lazy<IntentClassifier>(() => IntentClassifier.Learn(language.Value, answerWords[language.Key])));
    }

    public Consultation Consultation { get; }

    public IReadOnlyDictionary<string, Dialog> Dialogs { get; }

    /// <summary>By language.</summary>
    public IReadOnlyDictionary<string, Texts> Texts { get; }

    /// <summary>A hash of all data files: the first 12 hex digits of SHA-256.</summary>
    public string Version { get; }

    /// <summary>The calls that the host answers, by name.</summary>
    public IReadOnlyDictionary<string, CallContract> Contracts { get; }

    /// <summary>Facts of the consultation that any text may show.</summary>
    public IReadOnlyDictionary<string, LocalizedText> Constants { get; }

    /// <summary>The city's places that are known by name.</summary>
    public Places Places { get; }

    /// <summary>The fields of a submission.</summary>
    public Form Form { get; }

    /// <summary>A city's own fields: those that the program has no column for.</summary>
    public IReadOnlyList<FormField> OwnFields { get; }

    /// <summary>The slots that the program has columns for.</summary>
    internal IReadOnlyList<string> HostFields { get; }

    /// <summary>Reads and checks a folder.</summary>
    /// <param name="directory">The folder, such as <c>dialogs</c>.</param>
    /// <param name="host">What the host brings, and what it needs.</param>
    /// <exception cref="DataException">With every mistake, its file and line.</exception>
    public static DialogLibrary Load(string directory, HostContract host)
    {
        var problems = new List<DataProblem>();
        var files = Directory.GetFiles(directory, "*.yaml").Order(StringComparer.Ordinal).ToList();
        var texts = files.Where(IsTexts).Select(file => OgpBot.Dialogs.Texts.Read(file, problems)).ToList();
        var others = new[] { ConsultationReader.FileName, OgpBot.Dialogs.Places.File, Form.File };
        var dialogs = files.Where(file => !IsTexts(file) && !Intents.IsFile(file) && !others.Contains(Path.GetFileName(file)))
            .Select(file => DialogReader.Read(file, problems)).ToList();
        var consultation = ConsultationReader.Read(directory, problems);
        if (texts.All(text => text.Language != LocalizedText.DefaultLanguage))
        {
            problems.Add(new DataProblem($"texts.{LocalizedText.DefaultLanguage}.yaml", 0, "the file is missing"));
        }

        var places = OgpBot.Dialogs.Places.Read(directory, consultation.Boroughs, problems);
        var examples = files.Where(Intents.IsFile).ToDictionary(Intents.LanguageOf, file => Intents.Read(file, problems));
        var form = Form.Read(directory, problems);
        ThrowIfAny(problems);
        var library = new DialogLibrary(consultation, dialogs, texts, places, examples, form, VersionOf(files), host);
        problems.AddRange(DialogChecker.Check(library, examples, host.Texts));
        ThrowIfAny(problems);
        return library;
    }

    /// <summary>The language of ours that a tag such as <c>en</c>, <c>EN-us</c> or <c>en_US</c> means (RFC 5646 ignores case), or null.</summary>
    public string? LanguageOf(string? tag) =>
        tag?.Split('-', '_')[0].Trim().ToLowerInvariant() is { } language && Texts.ContainsKey(language) ? language : null;

    /// <summary>Whether a text has the form of a question, also with abbreviations: «q sigue».</summary>
    public bool IsQuestion(string text, string language) =>
        answerWords[language].IsQuestion(text) || answerWords[language].BeginsAsQuestion(answerWords[language].InFull(TextFold.Fold(text)));

    /// <summary>Whether a text asks for something to be done, as a proposal does (<c>words.wishes</c>).</summary>
    public bool IsWish(string text, string language) => answerWords[language].IsWish(answerWords[language].WordsIn(text));

    /// <summary>A text with the facts of the consultation that it shows.</summary>
    public string Render(string key, string language) => Texts[language][key]?.Render(name => Constants.GetValueOrDefault(name)?.In(language)) ?? key;

    /// <summary>What the host finds in texts, by name.</summary>
    internal IReadOnlyDictionary<string, Func<Consultation, string, bool>> Finds { get; }

    /// <summary>
    /// A field's value in a language: an option by its label, a day in words.
    /// Where the option does not exist any more, the value itself. Null for null.
    /// </summary>
    [return: NotNullIfNotNull(nameof(value))]
    public string? Say(FormField field, string? value, string language) => field.Kind switch
    {
        _ when value is null => null,
        FieldKind.Choice or FieldKind.YesNo => LabelOf(field.Slot, value, language) ?? value,
        FieldKind.Date when LocalDates.Read(value) is { } day => LocalDates.InWords(day, Texts[language]),
        _ => value,
    };

    /// <summary>A city's own fields that are filled, one in a line; null where none is.</summary>
    public string? SayOwn(Func<FormField, string?> valueOf, string language)
    {
        var lines = OwnFields.Select(field => (Field: field, Value: valueOf(field))).Where(pair => pair.Value is { Length: > 0 })
            .Select(pair => $"{Texts[language].Plain(pair.Field.Label)}: {Say(pair.Field, pair.Value, language)}").ToList();
        return lines.Count == 0 ? null : string.Join('\n', lines);
    }

    /// <summary>The options of a field that is chosen, in a language; none for any other field.</summary>
    public IReadOnlyList<Choice> OptionsOf(FormField field, string language) => choosing.TryGetValue(field.Slot, out var steps) && !IsFreeText(field.Slot)
        ? [.. steps.SelectMany(step => step.Choices.In(language)).DistinctBy(choice => choice.Value)]
        : [];

    internal string? LabelOf(string slot, string value, string language) =>
        choosing.GetValueOrDefault(slot)?.Select(step => step.Choices.LabelOf(value, language)).FirstOrDefault(label => label is not null);

    /// <summary>Whether a slot may hold a value. Where a slot is only filled by options, the option must exist.</summary>
    internal bool MayHold(string slot, string value) =>
        !choosing.ContainsKey(slot) || IsFreeText(slot) || value.Length == 0 || LabelOf(slot, value, LocalizedText.DefaultLanguage) is not null;

    /// <summary>Whether citizens fill the slot with words of their own.</summary>
    internal bool IsFreeText(string slot) => freeTexts.Contains(slot);

    /// <summary>How people word an answer in a language.</summary>
    internal AnswerWords AnswerWordsOf(string language) => answerWords[language];

    /// <summary>The language that a folded text names; null where it says anything else.</summary>
    internal string? LanguageNamed(string folded) => languageNames.GetValueOrDefault(folded);

    /// <summary>The language that a sentence asks for («mejor en inglés, por favor»), or null.</summary>
    internal string? LanguageAskedFor(string[] said, int mostBeside, AnswerWords words) =>
        languagePhrases.FirstOrDefault(asked => asked.Phrase.IsSaid(said, mostBeside, words)).Language;

    /// <summary>The intent of a text, by its likeness to the examples of a language; null where there are none.</summary>
    public Intent? IntentOf(string text, string language) => intents.TryGetValue(language, out var classifier) ? classifier.Value.Guess(text) : null;

    /// <summary>What is answered at any step, in a language.</summary>
    internal HeardTexts HeardOf(string language) => heard[language];

    internal IReadOnlyList<string> WordsOf(DialogCommand command, string language) => commandWords[(command, language)];

    /// <summary>Phrases by which a command is recognised in a sentence. Few commands have any.</summary>
    internal IReadOnlyList<HeardPhrase> PhrasesOf(DialogCommand command, string language) => commandPhrases[(command, language)];

    /// <summary>Whether a text holds a phrase of any command, whatever else it says.</summary>
    internal bool HoldsCommand(string[] said, string language) =>
        commandPhrases.Any(command => command.Key.Item2 == language && command.Value.Any(phrase => phrase.IsIn(said)));

    /// <summary>The slots that end with a dialog.</summary>
    internal IReadOnlyList<string> SlotsOf(string dialog) => slotsByDialog[dialog];

    private void Prepare()
    {
        var sources = new Dictionary<string, IReadOnlyList<SourceChoice>>
        {
            ["axes"] = [.. Consultation.Axes.Select(axis => new SourceChoice(axis.Id, axis.Title, axis.Synonyms))],
            ["scopes"] = Consultation.Scopes,
            ["boroughs"] = Consultation.Boroughs,
        };
        foreach (var texts in Texts.Values)
        {
            answerWords[texts.Language] = new AnswerWords(texts);
            heard[texts.Language] = new HeardTexts(texts, answerWords[texts.Language]);
            foreach (var language in Texts.Keys)
            {
                foreach (var name in ChoiceList.WordsOf(texts, $"language.{language}_also").Where(name => name.Length > 2))
                {
                    languageNames[name] = language;
                }

                languagePhrases.AddRange(HeardPhrase.Of(texts, $"language.{language}").Select(phrase => (phrase, language)));
            }

            foreach (var step in Dialogs.Values.SelectMany(dialog => dialog.Steps))
            {
                (step as WaitingStep)?.Choices.Prepare(sources, texts);
            }

            foreach (var command in Dialogs.Values.SelectMany(dialog => dialog.Commands).Distinct())
            {
                commandWords[(command, texts.Language)] = ChoiceList.WordsOf(texts, command.Words);
                commandPhrases[(command, texts.Language)] = HeardPhrase.Of(texts, command.Words);
            }
        }
    }

    private IReadOnlyList<string> SlotsFilledBy(Dialog dialog)
    {
        var called = dialog.Steps.OfType<CallStep>().Append(dialog.Guard).Select(step => Contracts.GetValueOrDefault(step?.Name ?? ""));
        return [.. dialog.Steps.Select(step => step.Slot).OfType<string>().Concat(called.SelectMany(contract => contract?.Values ?? [])).Except(dialog.Keeps)];
    }

    private static bool IsTexts(string file) => Path.GetFileName(file).Split('.') is ["texts", _, _];

    private static string VersionOf(IEnumerable<string> files)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var file in files)
        {
            hash.AppendData(File.ReadAllBytes(file));
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset())[..12];
    }

    private static void ThrowIfAny(IReadOnlyList<DataProblem> problems)
    {
        if (problems.Count > 0)
        {
            throw new DataException([.. problems.OrderBy(problem => problem.File, StringComparer.Ordinal).ThenBy(problem => problem.Line)]);
        }
    }
}

/// <summary>What the host gives to the dialogs, and what it needs of their data. The data are checked against it.</summary>
/// <param name="Calls">The calls that it answers.</param>
/// <param name="Texts">Keys of texts that it shows itself.</param>
/// <param name="Facts">Values that any text may show, such as the address of the privacy notice.</param>
public sealed record HostContract(IReadOnlyList<CallContract> Calls, IReadOnlyList<string> Texts, IReadOnlyDictionary<string, string> Facts)
{
    /// <summary>Searches in a text, by name, such as for a folio. A step goes where its <c>finds</c> says if the search succeeds.</summary>
    public IReadOnlyDictionary<string, Func<Consultation, string, bool>> Finds { get; init; } = new Dictionary<string, Func<Consultation, string, bool>>();

    /// <summary>Slots that <c>form.yaml</c> must have, because the host has columns for them.</summary>
    public IReadOnlyList<string> Fields { get; init; } = [];
}
