using System.Security.Cryptography;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Unicode;

namespace OgpBot.Llm;

/// <summary>
/// What others wrote goes to the model as data between two lines that nobody could foresee. As JSON it holds no line break and no angle bracket, so
/// nothing in it can end the fence. The mark is drawn by the system's own generator and never by an injected one: who could foretell it could forge it.
/// </summary>
internal sealed class Fence
{
    private static readonly JsonSerializerOptions OneLine = new() { Encoder = JavaScriptEncoder.Create(UnicodeRanges.All) };

    internal string Mark { get; } = RandomNumberGenerator.GetHexString(24, lowercase: true);

    internal string Around(JsonObject data) => $"<<{Mark}\n{data.ToJsonString(OneLine)}\n{Mark}>>";
}
