namespace OgpBot.Storage;

/// <summary>The database can't be used at the moment, and nothing was kept. The caller tells the citizen, who may try again.</summary>
public sealed class StorageUnavailableException(string message, Exception? inner = null) : Exception(message, inner);
