using System.Text;

namespace OgpBot.Benchmarks;

/// <summary>
/// Documents that look Spanish and say nothing: invented words, few frequent and many rare as in every language, with the words of the process among them. The
/// same seed always gives the same documents and questions.
/// </summary>
internal sealed class InventedDocuments
{
    private const int Vocabulary = 8_000;
    private const int PassagesPerDocument = 500;
    private const int PassagesPerSection = 12;

    private static readonly string[] Little = ["de", "la", "que", "el", "en", "y", "a", "los", "se", "del", "las", "un", "por", "con", "para", "una", "su", "al"];

    private static readonly string[] Domain =
    [
        "mesa", "cocreación", "compromiso", "plan", "acción", "gobierno", "abierto", "consulta", "eje", "temático", "participación", "ciudadana", "transparencia", "secretaría",
        "instituto", "organizaciones", "civiles", "problemáticas", "priorización", "calendario", "sesión", "acuerdo", "núcleo", "facilitación", "publicación", "alcaldía",
    ];

    private static readonly string[] Asking = ["¿Quién", "¿Cuándo", "¿Cuántas veces", "¿Dónde", "¿Por qué", "¿Qué", "¿Cuál fue", "¿Cómo"];

    private readonly string[] words;
    private readonly List<string[]> sentences = [];
    private readonly Random random;

    public InventedDocuments(int seed)
    {
        random = new Random(seed);
        var made = new HashSet<string>();
        while (made.Count < Vocabulary)
        {
            made.Add(string.Concat(Enumerable.Range(0, random.Next(2, 5)).Select(_ => $"{Of("b c d f g j l m n p r s t v ch tr pl")}{Of("a e i o u ia ie")}{Of(" .  . n r s l")}")).Replace(".", "", StringComparison.Ordinal));
        }

        words = [.. made];
    }

    /// <summary>Writes Markdown files with so many passages in all.</summary>
    public IReadOnlyList<string> Write(string folder, int passages)
    {
        var files = new List<string>();
        for (var left = passages; left > 0; left -= PassagesPerDocument)
        {
            var file = Path.Combine(folder, $"documento-{files.Count + 1}.md");
            File.WriteAllText(file, Document(Math.Min(left, PassagesPerDocument)));
            files.Add(file);
        }

        return files;
    }

    /// <summary>A question for some words of a sentence that was written before.</summary>
    public string Question()
    {
        var sentence = sentences[random.Next(sentences.Count)];
        var asked = sentence.Where(word => word.Length > 3).OrderBy(_ => random.Next()).Take(random.Next(3, 7));
        return $"{Asking[random.Next(Asking.Length)]} {string.Join($" {Little[random.Next(Little.Length)]} ", asked)}?";
    }

    private string Document(int passages)
    {
        var text = new StringBuilder();
        for (var passage = 0; passage < passages; passage++)
        {
            if (passage % PassagesPerSection == 0)
            {
                text.Append("## ").AppendJoin(' ', Words(4)).Append("\n\n");
            }

            text.AppendJoin(' ', Enumerable.Range(0, random.Next(2, 6)).Select(_ => Sentence())).Append("\n\n");
        }

        return text.ToString();
    }

    private string Sentence()
    {
        var words = Words(random.Next(8, 26));
        sentences.Add(words);
        var text = string.Join(' ', words);
        return $"{char.ToUpperInvariant(text[0])}{text[1..]}{(random.Next(6) == 0 ? $" el {random.Next(1, 29)} de marzo de 20{random.Next(10, 30)}" : "")}.";
    }

    // Of ten words four are little ones and one is of the process; of the others the n-th is about n times as rare as the first, as Zipf found.
    private string[] Words(int count) => [.. Enumerable.Range(0, count).Select(_ => random.Next(10) switch
    {
        < 4 => Little[random.Next(Little.Length)],
        4 => Domain[random.Next(Domain.Length)],
        _ => words[(int)Math.Pow(Vocabulary, random.NextDouble()) - 1],
    })];

    private string Of(string parts)
    {
        var list = parts.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return list[random.Next(list.Length)];
    }
}
