namespace OgpBot.Settings;

/// <summary>A setting, or data that the settings point at, that the program can't run with; told in plain words, without a stack trace.</summary>
public sealed class SettingsException(string message) : Exception(message);
