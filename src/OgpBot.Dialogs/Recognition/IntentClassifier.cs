using System.Numerics;
using System.Runtime.InteropServices;

namespace OgpBot.Dialogs;

/// <summary>
/// Classifies messages by intent. It is a multinomial logistic regression over words and word bigrams.
/// It is trained on the examples by stochastic gradient descent with AdaGrad (Duchi et al., 2011).
/// The same examples give the same classifier. It knows nothing of the step at hand.
/// </summary>
internal sealed class IntentClassifier
{
    // Chosen on the development sets (tests/OgpBot.Benchmarks/OutOfTurn). None of the four matters much.
    private const int Rounds = 5;
    private const float Rate = 0.5f;
    private const float Decay = 1e-3f;
    private const float Smoothing = 1e-3f;

    // The length of a message tells something too.
    private static readonly int[] Lengths = [2, 5, 9, 15];

    private readonly AnswerWords words;
    private readonly string[] intents;
    private readonly int width;
    private readonly Dictionary<ulong, int> features = [];
    private float[] weights = [];

    private IntentClassifier(AnswerWords words, IReadOnlyList<IntentExample> examples)
    {
        this.words = words;
        intents = [.. examples.Select(example => example.Intent).Distinct()];
        width = (intents.Length + Vector<float>.Count - 1) / Vector<float>.Count * Vector<float>.Count;
    }

    internal static IntentClassifier Learn(IReadOnlyList<IntentExample> examples, AnswerWords words)
    {
        var classifier = new IntentClassifier(words, examples);
        classifier.Learn(examples);
        return classifier;
    }

    /// <summary>The likeliest intent of a text; null where most of its words are not in the examples.</summary>
    internal Intent? Guess(string text)
    {
        var said = words.WordsIn(text);
        if (said.Length == 0 || 2 * said.Count(word => features.ContainsKey(HashOf(word))) < said.Length)
        {
            return null;
        }

        var scores = new float[width];
        Score([.. FeaturesOf(said, text).Select(feature => features.GetValueOrDefault(feature, -1)).Where(at => at >= 0)], scores);
        var best = Array.IndexOf(scores, scores.Max());
        var (group, fields) = (0f, IntentNames.Group(intents[best]));
        var field = -1;
        for (var at = 0; at < intents.Length; at++)
        {
            group += IntentNames.Group(intents[at]) == fields ? scores[at] : 0;
            field = IntentNames.Group(intents[at]) == IntentNames.Tells && (field < 0 || scores[at] > scores[field]) ? at : field;
        }

        return new Intent(intents[best], scores[best]) { OfGroup = group, Tells = field < 0 ? null : intents[field] };
    }

    private void Learn(IReadOnlyList<IntentExample> examples)
    {
        var said = examples.Select(example => FeaturesOf(words.WordsIn(example.Text), example.Text).Select(FeatureAt).ToArray()).ToArray();
        var meant = examples.Select(example => Array.IndexOf(intents, example.Intent)).ToArray();
        weights = new float[features.Count * width];
        var squares = new float[weights.Length];
        var scores = new float[width];
        var order = Enumerable.Range(0, said.Length).ToArray();
        var random = new Random(1);
        for (var round = 0; round < Rounds; round++)
        {
            random.Shuffle(order);
            foreach (var at in order)
            {
                Score(said[at], scores);
                scores[meant[at]] -= 1;
                Step(said[at], scores, squares);
            }
        }
    }

    // The chance of each intent.
    private void Score(int[] said, float[] scores)
    {
        Array.Clear(scores);
        foreach (var row in said)
        {
            Add(weights.AsSpan(row * width, width), scores);
        }

        var scale = 1 / MathF.Sqrt(Math.Max(1, said.Length));
        var (most, sum) = (scores.AsSpan(0, intents.Length).ToArray().Max() * scale, 0f);
        for (var at = 0; at < width; at++)
        {
            scores[at] = at < intents.Length ? MathF.Exp((scores[at] * scale) - most) : 0;
            sum += scores[at];
        }

        for (var at = 0; at < intents.Length; at++)
        {
            scores[at] /= sum;
        }
    }

    private static void Add(ReadOnlySpan<float> row, Span<float> sums)
    {
        var from = MemoryMarshal.Cast<float, Vector<float>>(row);
        var to = MemoryMarshal.Cast<float, Vector<float>>(sums);
        for (var at = 0; at < to.Length; at++)
        {
            to[at] += from[at];
        }
    }

    private void Step(int[] said, float[] errors, float[] squares)
    {
        var scale = new Vector<float>(1 / MathF.Sqrt(said.Length));
        var wrong = MemoryMarshal.Cast<float, Vector<float>>(errors.AsSpan());
        foreach (var row in said)
        {
            var weight = MemoryMarshal.Cast<float, Vector<float>>(weights.AsSpan(row * width, width));
            var square = MemoryMarshal.Cast<float, Vector<float>>(squares.AsSpan(row * width, width));
            for (var at = 0; at < weight.Length; at++)
            {
                var slope = (wrong[at] * scale) + (weight[at] * Decay);
                square[at] += slope * slope;
                weight[at] -= slope * Rate / (Vector.SquareRoot(square[at]) + new Vector<float>(Smoothing));
            }
        }
    }

    private int FeatureAt(ulong feature)
    {
        ref var at = ref CollectionsMarshal.GetValueRefOrAddDefault(features, feature, out var known);
        return known ? at : at = features.Count - 1;
    }

    // Words, bigrams, question marks and the length, as FNV-1a hashes. In 64 bits collisions are too rare to matter.
    private static IEnumerable<ulong> FeaturesOf(string[] said, string text)
    {
        List<ulong> found = [];
        var before = HashOf("^");
        foreach (var word in said)
        {
            var hash = HashOf(word);
            found.AddRange([hash, Pair(before, hash)]);
            before = hash;
        }

        found.AddRange([Pair(before, HashOf("$")), HashOf($"#{Lengths.Count(length => said.Length > length)}")]);
        if (AnswerWords.HasQuestionMark(text))
        {
            found.Add(HashOf("?"));
        }

        return found.Distinct();
    }

    private static ulong HashOf(string word)
    {
        var hash = 14695981039346656037ul;
        foreach (var letter in word)
        {
            hash = (hash ^ letter) * 1099511628211ul;
        }

        return hash;
    }

    private static ulong Pair(ulong first, ulong second) => (first * 1099511628211ul) ^ second;
}
