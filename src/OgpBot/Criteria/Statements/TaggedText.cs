using OgpBot.Criteria.Statements.Words;

namespace OgpBot.Criteria.Statements;

/// <summary>The words of a text with their tags, and where sentences start, pauses stand and quotations run.</summary>
internal sealed class TaggedText
{
    private readonly List<Place> places;
    private readonly Vocabulary vocabulary;

    internal TaggedText(CheckedText text, Vocabulary vocabulary, WordRepair repair, NameFinder finder)
    {
        this.vocabulary = vocabulary;
        places = new List<Place>(text.Tokens.Count);
        All = vocabulary.Table.New();
        var marks = new Punctuation(text.Text);
        var pending = Break.None;
        var names = finder.In(text, vocabulary);
        for (var at = 0; at < text.Tokens.Count; at++)
        {
            var token = text.Tokens[at];
            var between = marks.Before(token.Start, out var quoted, out var mention);
            pending = between > pending ? between : pending;
            if (mention)
            {
                // "@name" calls someone; it's no part of the sentence.
                continue;
            }

            if (names[at])
            {
                // A name is read as no word at all.
                places.Add(new Place("", default, token.Start, token.End, pending, quoted, IsRepaired: false));
            }
            else if (at + 1 < text.Tokens.Count && !names[at + 1] && repair.Join(token, text.Tokens[at + 1]) is { } joined)
            {
                vocabulary.TryGet(joined, out var tags);
                Add(new Place(joined, tags, token.Start, text.Tokens[++at].End, pending, quoted, IsRepaired: true));
            }
            else
            {
                Add(token, pending, quoted, repair);
            }

            pending = Break.None;
        }

        for (var at = 0; at < places.Count; at++)
        {
            AddPhrases(at);
        }

        Sentences = Split();
    }

    internal int Count => places.Count;

    /// <summary>The tags of all words.</summary>
    internal Tags All { get; }

    /// <summary>Where each sentence starts and ends, and the tags of its words.</summary>
    internal IReadOnlyList<(int Start, int End, Tags Words)> Sentences { get; }

    internal Place this[int at] => places[at];

    internal bool StartsSentence(int at) => at == 0 || at >= places.Count || places[at].Before == Break.Sentence;

    internal bool HasPause(int at) => at == 0 || at >= places.Count || places[at].Before != Break.None;

    private void Add(Token token, Break before, bool quoted, WordRepair repair)
    {
        if (vocabulary.TryGet(token.Folded, out var tags))
        {
            Add(new Place(token.Folded, tags, token.Start, token.End, before, quoted, IsRepaired: false));
            return;
        }

        if (vocabulary.Knows(token.Folded))
        {
            Add(new Place(token.Folded, default, token.Start, token.End, before, quoted, IsRepaired: false));
            return;
        }

        if (repair.Shorten(token.Folded) is { } shortened)
        {
            vocabulary.TryGet(shortened, out var ofShortened);
            Add(new Place(shortened, ofShortened, token.Start, token.End, before, quoted, IsRepaired: false));
            return;
        }

        var spaced = token.End - token.Start > token.Folded.Length;
        if (repair.Seam(token.Folded, spaced) is > 0 and var seam)
        {
            var middle = spaced ? token.End : token.Start + seam;
            Add(Glued(token.Folded[..seam], token.Start, middle, before, quoted));
            Add(Glued(token.Folded[seam..], spaced ? token.Start : middle, token.End, Break.None, quoted));
            return;
        }

        if (repair.Read(token.Folded) is { } read)
        {
            vocabulary.TryGet(read, out var repaired);
            Add(new Place(read, repaired, token.Start, token.End, before, quoted, IsRepaired: true));
            return;
        }

        Add(new Place(token.Folded, default, token.Start, token.End, before, quoted, IsRepaired: false));
    }

    private Place Glued(string word, int start, int end, Break before, bool quoted)
    {
        vocabulary.TryGet(word, out var tags);
        return new Place(word, tags, start, end, before, quoted, IsRepaired: true);
    }

    private void Add(Place place)
    {
        foreach (var (affix, isPrefix, tag) in vocabulary.Table.Affixes)
        {
            if (isPrefix ? place.Word.StartsWith(affix, StringComparison.Ordinal) : place.Word.EndsWith(affix, StringComparison.Ordinal))
            {
                var withAffix = vocabulary.Table.New();
                withAffix.Add(place.Tags);
                withAffix.Add(tag);
                place = place with { Tags = withAffix };
            }
        }

        places.Add(place);
    }

    private List<(int Start, int End, Tags Words)> Split()
    {
        var sentences = new List<(int Start, int End, Tags Words)>();
        for (int start = 0, end; start < places.Count; start = end)
        {
            var words = vocabulary.Table.New();
            for (end = start; end < places.Count && (end == start || !StartsSentence(end)); end++)
            {
                words.Add(places[end].Tags);
                foreach (var (_, tags) in places[end].Phrases)
                {
                    words.Add(tags);
                }
            }

            All.Add(words);
            sentences.Add((start, end, words));
        }

        return sentences;
    }

    private void AddPhrases(int at)
    {
        foreach (var (rest, tags) in vocabulary.PhrasesFrom(places[at].Word))
        {
            if (IsAt(rest, at + 1))
            {
                places[at].Phrases.Add((rest.Length + 1, tags));
            }
        }
    }

    private bool IsAt(string[] words, int at)
    {
        if (at + words.Length > places.Count)
        {
            return false;
        }

        for (var word = 0; word < words.Length; word++)
        {
            if (places[at + word].Word != words[word] || places[at + word].Before == Break.Sentence)
            {
                return false;
            }
        }

        return true;
    }

    internal enum Break
    {
        None = 0,
        Pause,
        Sentence,
    }

    /// <summary>A word at its place.</summary>
    /// <param name="Before">What stands between it and the word before.</param>
    /// <param name="IsRepaired">Read as another word than is written.</param>
    internal sealed record Place(string Word, Tags Tags, int Start, int End, Break Before, bool IsQuoted, bool IsRepaired)
    {
        /// <summary>Phrases that start here: how many words, and their tags.</summary>
        internal List<(int Length, Tags Tags)> Phrases { get; } = [];
    }

    /// <summary>Reads what stands between words, from left to right.</summary>
    private sealed class Punctuation(string text)
    {
        private int at;
        private char closing;

        internal Break Before(int start, out bool quoted, out bool mention)
        {
            var found = Break.None;
            mention = false;
            for (; at < start; at++)
            {
                var sign = text[at];
                var after = char.IsLetterOrDigit(sign) ? Break.None : Of(sign);
                found = after > found ? after : found;
                mention = sign == '@' && at + 1 == start && (at == 0 || !char.IsLetterOrDigit(text[at - 1]));
                Quote(sign);
            }

            quoted = closing != default;
            return found;
        }

        private static Break Of(char sign) => sign switch
        {
            '.' or '!' or '?' or ';' or '\n' or '…' or '¿' or '¡' => Break.Sentence,
            ' ' or '\t' or '\u00A0' or '\'' or '"' or '“' or '”' or '«' or '»' or '‘' or '’' or '/' or '#' or '_' or '\u200D' or '\uFE0F' => Break.None,
            >= '\u0300' and <= '\u036F' => Break.None,
            _ => Break.Pause,
        };

        private void Quote(char sign)
        {
            if (closing != default)
            {
                closing = sign == closing ? default : closing;
                return;
            }

            closing = sign switch
            {
                '"' when Closes('"') => '"',
                '“' => '”',
                '«' => '»',
                '‘' => '’',
                '\'' when (at == 0 || !char.IsLetterOrDigit(text[at - 1])) && Closes('\'') => '\'',
                _ => default,
            };
        }

        private bool Closes(char sign) => text.IndexOf(sign, at + 1) > 0;
    }
}
