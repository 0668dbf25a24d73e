namespace OgpBot.Criteria.Statements.Words;

/// <summary>What a form of a word tells, besides its meaning. Patterns ask for it after a dot: <c>&lt;kill.inf&gt;</c>.</summary>
[Flags]
internal enum WordFeatures
{
    None = 0,

    /// <summary>Masculine, feminine, singular, plural: of nouns, adjectives and participles.</summary>
    M = 1,
    F = 1 << 1,
    S = 1 << 2,
    P = 1 << 3,

    /// <summary>Infinitive, gerund, participle.</summary>
    Inf = 1 << 4,
    Ger = 1 << 5,
    Part = 1 << 6,

    /// <summary>Who does it: I, you (any), he (also usted), we, they (also ustedes).</summary>
    I = 1 << 7,
    You = 1 << 8,
    He = 1 << 9,
    We = 1 << 10,
    They = 1 << 11,

    /// <summary>When: present, past, future, conditional; wished for (subjunctive), supposed (its past), ordered.</summary>
    Pres = 1 << 12,
    Past = 1 << 13,
    Fut = 1 << 14,
    Cond = 1 << 15,
    Subj = 1 << 16,
    Imp = 1 << 17,
    Cmd = 1 << 18,

    /// <summary>A pronoun hangs at the end: them (los, las, les), one (lo, la, le), you (te, os, se), me (me, nos).</summary>
    Them = 1 << 19,
    It = 1 << 20,
    Te = 1 << 21,
    Me = 1 << 22,
}
