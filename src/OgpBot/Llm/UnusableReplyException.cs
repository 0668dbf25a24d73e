namespace OgpBot.Llm;

/// <summary>The model answered with what can't be used; to ask again would bring the same.</summary>
/// <param name="message">What was wrong, without a word of the reply: it goes to the log.</param>
internal sealed class UnusableReplyException(string message) : Exception(message);
