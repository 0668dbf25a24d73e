namespace OgpBot.Storage;

/// <summary>Nothing can be kept at the moment; nothing was. The caller tells the citizen, who may try again.</summary>
public sealed class StorageUnavailableException(string message, Exception? inner = null) : Exception(message, inner);
