namespace OgpBot.Settings;

/// <summary>The program can't run with a setting, or with data that a setting points at. It is told in plain words, without a stack trace.</summary>
public sealed class SettingsException(string message) : Exception(message);
