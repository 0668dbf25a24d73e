using System.Data.Common;

namespace OgpBot.Archive.Search;

/// <summary>The index of the words of passages. Each database has its own way to search a full text. Terms are stems: see <see cref="Lexicon"/>.</summary>
internal interface IPassageIndex
{
    /// <summary>Puts in the terms of passages. Those of an id that is there are replaced.</summary>
    void Add(DbConnection connection, IEnumerable<(long Id, string Terms)> passages);

    void Remove(DbConnection connection, IEnumerable<long> ids);

    /// <summary>The passages with most of the terms, rare ones counting more (Okapi BM25), the best first.</summary>
    IReadOnlyList<(long Id, double Score)> Search(DbConnection connection, IReadOnlyList<string> terms, int most);
}
