using System.Net.Http.Json;
using System.Text.Json;

namespace OgpBot.Tests.Support;

/// <summary>Reads answers of the host.</summary>
internal static class HttpAnswers
{
    internal static Task<JsonElement> JsonAsync(this HttpResponseMessage answer) =>
        answer.Content.ReadFromJsonAsync<JsonElement>(TestContext.Current.CancellationToken);

    internal static string? Text(this JsonElement element, string name) => element.TryGetProperty(name, out var value) ? value.GetString() : null;

    /// <summary>Fails unless the answer has this status and the body that Direct Line gives an error, and nothing beside it.</summary>
    internal static async Task<JsonElement> ShouldBeErrorAsync(this HttpResponseMessage answer, int status)
    {
        var text = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        ((int)answer.StatusCode).ShouldBe(status, text);
        var body = await answer.JsonAsync();
        body.EnumerateObject().Select(member => member.Name).ShouldBe(["error"]);
        var error = body.GetProperty("error");
        error.EnumerateObject().Select(member => member.Name).ShouldBe(["code", "message"]);
        error.Text("code").ShouldNotBeNullOrWhiteSpace();
        error.Text("message").ShouldNotBeNullOrWhiteSpace();
        return error;
    }
}
