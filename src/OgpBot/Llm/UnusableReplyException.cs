namespace OgpBot.Llm;

/// <summary>The model's reply cannot be used. The same request would bring the same reply, so it is not repeated.</summary>
/// <param name="message">What was wrong. It goes to the log, so it holds no word of the reply.</param>
internal sealed class UnusableReplyException(string message) : Exception(message);
