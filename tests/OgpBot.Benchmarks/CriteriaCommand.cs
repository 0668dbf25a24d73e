using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using OgpBot.Criteria;
using OgpBot.Hosting;

namespace OgpBot.Benchmarks;

/// <summary>
/// <c>criteria</c>: what looking at a text costs, for texts as people write them and for texts made to be slow. All checks run, in this
/// process, on one thread. The aims are 500 texts in a second and 5 ms for 95 of 100 texts of 2,000 characters.
/// </summary>
internal static class CriteriaCommand
{
    private const int Length = 2_000;

    // The checks are compiled again while they run often; before that the figures are the compiler's.
    private static readonly TimeSpan Warmup = TimeSpan.FromSeconds(3);

    private static readonly Option<DirectoryInfo> Dialogs = new("--dialogs") { Description = "Folder of dialogs.", DefaultValueFactory = _ => new DirectoryInfo("dialogs") };
    private static readonly Option<int> Seconds = new("--seconds") { Description = "How long each kind of text is measured.", DefaultValueFactory = _ => 2 };

    // Each with its name: what people write, then what nobody writes but for mischief.
    private static readonly (string Name, Func<int, string> Text)[] Kinds =
    [
        ("a proposal of 300 characters", number => Cut(Sentences(number), 300)),
        ("a proposal", Sentences),
        ("an angry proposal", number => Mixed(number, "El gobierno es corrupto y los diputados son unos rateros. ", "Estoy hasta la madre de los baches. ", "Nadie odia a los migrantes. ")),
        ("2,000 spaced letters", _ => Repeat("p u t o ")),
        ("insults alone", _ => Repeat("puto pendejo marica zorra ")),
        ("`son unos`", _ => Repeat("son unos ")),
        ("one sentence about groups", _ => Repeat("los negros y las mujeres que son muy ")),
        ("groups and violence", _ => Repeat("hay que matar los gays a los judíos ")),
        ("no spaces", number => Repeat(((char)('a' + (number % 26))).ToString())),
        ("no spaces, words", _ => Repeat("sonunosnegrosmaricones")),
        ("words of two letters", _ => Repeat("xq zj ")),
        ("unknown words", number => string.Concat(Enumerable.Range(0, 250).Select(at => $"{Word((number * 251) + at)} "))),
        ("`no` and `que`", _ => Repeat("no que dice ")),
        ("quotation marks", _ => Repeat("\"no\" '")),
        ("signs", _ => Repeat("*@$1!.")),
    ];

    public static Command Create()
    {
        var command = new Command("criteria", "Measure the checks of texts in this process.") { Dialogs, Seconds };
        command.SetAction(parsed => Execute(parsed.GetValue(Dialogs)!.FullName, TimeSpan.FromSeconds(parsed.GetValue(Seconds))));
        return command;
    }

    private static int Execute(string dialogs, TimeSpan time)
    {
        var started = Stopwatch.GetTimestamp();
        var checks = Load(dialogs);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"the files are read in {Stopwatch.GetElapsedTime(started).TotalMilliseconds:0} ms"));
        foreach (var (_, text) in Kinds)
        {
            Measure(checks, text, Warmup / Kinds.Length);
        }

        Console.WriteLine($"{"text",-30} {"texts/s",9} {"p50 ms",8} {"p95 ms",8} {"max ms",8}");
        foreach (var (name, text) in Kinds)
        {
            var taken = Measure(checks, text, time);
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture, $"{name,-30} {1000 * taken.Count / taken.Sum(),9:0} {At(taken, 0.5),8:0.00} {At(taken, 0.95),8:0.00} {taken[^1],8:0.00}"));
        }

        return LoadCommand.Success;
    }

    private static CriteriaChecks Load(string dialogs)
    {
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddOgpBot(new ConfigurationBuilder().AddInMemoryCollection([new("OgpBot:DialogsDirectory", dialogs)]).Build());
        using var provider = services.BuildServiceProvider();
        return provider.GetRequiredService<Lazy<CriteriaChecks>>().Value;
    }

    // Milliseconds of each text, the shortest first.
    private static List<double> Measure(CriteriaChecks checks, Func<int, string> text, TimeSpan time)
    {
        var taken = new List<double>();
        var started = Stopwatch.GetTimestamp();
        for (var number = 0; Stopwatch.GetElapsedTime(started) < time; number++)
        {
            var next = text(number);
            var before = Stopwatch.GetTimestamp();
            var read = new CheckedText(next);
            checks.Check(read, slot: null, CheckContext.None);
            checks.Axes(read);
            taken.Add(Stopwatch.GetElapsedTime(before).TotalMilliseconds);
        }

        taken.Sort();
        return taken;
    }

    private static double At(List<double> sorted, double share) => sorted[(int)(share * (sorted.Count - 1))];

    private static string Sentences(int number) => Mixed(
        number,
        "En la colonia no hay agua desde hace tres semanas y las pipas llegan de noche. ",
        "Pedimos que se arreglen las banquetas de la calle Pino, porque las personas mayores y quienes van en silla de ruedas no pueden pasar. ",
        "Los camiones pasan llenos, contaminan y no respetan la parada. ",
        "Proponemos publicar cuánto cuesta cada obra y quién la construye. ",
        "Hace falta luz en el parque; las mujeres y los niños tienen miedo de cruzarlo después de las ocho. ",
        "La basura se junta junto al mercado y nadie la recoge hasta el lunes. ");

    private static string Mixed(int number, params string[] sentences)
    {
        var text = "";
        for (var at = number; text.Length < Length; at++)
        {
            text += sentences[((at * 7) + (at / 3)) % sentences.Length];
        }

        return Cut(text, Length);
    }

    private static string Repeat(string part) => Cut(string.Concat(Enumerable.Repeat(part, (Length / part.Length) + 1)), Length);

    private static string Cut(string text, int length) => text[..Math.Min(length, text.Length)];

    // Words of eight letters that no list holds, though many are a slip away from one.
    private static string Word(int number) =>
        string.Concat(Enumerable.Range(0, 4).Select(at => $"{"bcdfglmnprst"[(number / ((3 * at) + 1)) % 12]}{"aeiou"[((number / 5) + at) % 5]}"));
}
