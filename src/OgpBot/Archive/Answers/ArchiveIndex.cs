namespace OgpBot.Archive.Answers;

/// <summary>
/// What answers are found by. It is made once for each state of the archive: what the documents say of a fact helps to find it, and a card serves only while
/// its document has not been added.
/// </summary>
internal sealed class ArchiveIndex(Lazy<ShippedArchive> shipped, ArchiveReader reader)
{
    private const int MostNearest = 3;

    private readonly Lock reading = new();
    private Task ready = Task.CompletedTask;
    private volatile IndexedArchive? indexed;

    /// <summary>The archive as it is now.</summary>
    internal IndexedArchive Current
    {
        get
        {
            var added = reader.Added();
            var known = indexed;
            if (known?.Added != added)
            {
                indexed = known = new IndexedArchive(
                    added,
                    added.State.Length == 0 ? shipped.Value.Index : new Lazy<FactIndex>(() => shipped.Value.IndexWith(added)),
                    new Lazy<IReadOnlyList<IndexedCard>>(() => [.. shipped.Value.Cards.Where(card => !added.Has(shipped.Value.SourceOf(card.Source)!))
                        .Select(card => new IndexedCard(card, new IndexedSentences(card.Heading, card.Text, shipped.Value.Lexicon)))]));
            }

            return known;
        }
    }

    /// <summary>Ends when all has been read: seconds after a start, at once later. Whoever waits shares the one reading.</summary>
    internal Task WhenReadyAsync()
    {
        lock (reading)
        {
            return ready.IsCompleted ? ready = Task.Run(ReadAll) : ready;
        }
    }

    /// <summary>A question, cleaned as answers need it.</summary>
    internal Question Read(string text, string language) => Question.Read(text.Trim(), language, shipped.Value.Lexicon, Current.Facts.Value.Spelling);

    /// <summary>The facts that come nearest to a question, for those who tune the data.</summary>
    internal IReadOnlyList<FactMatch> Nearest(string text, string language) => Current.Facts.Value.Find(Read(text, language), MostNearest);

    private void ReadAll()
    {
        try
        {
            var current = Current;
            _ = current.Facts.Value;
            _ = current.Cards.Value;
        }
        catch
        {
            // What failed would fail for ever; the next question tries anew.
            indexed = null;
            throw;
        }
    }
}

/// <summary>One state of the archive: the documents that were added, the facts, and the cards that still serve.</summary>
internal sealed record IndexedArchive(AddedDocuments Added, Lazy<FactIndex> Facts, Lazy<IReadOnlyList<IndexedCard>> Cards);

/// <summary>A section of a card, cut into sentences.</summary>
internal sealed record IndexedCard(CardSection Card, IndexedSentences Sentences);
