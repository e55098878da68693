using System.Diagnostics;
using System.Net.Http;
using System.Net.WebSockets;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace GeneratedNetworks.Package.Tests;

/// <summary>A browser without a window, steered by its DevTools protocol.</summary>
internal sealed partial class Chromium : IAsyncDisposable
{
    private static readonly string[] Names = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];

    private readonly DirectoryInfo _profile = Directory.CreateTempSubdirectory("chromium-");
    private readonly Process _process;
    private readonly ClientWebSocket _socket = new();
    private int _sent;

    private Chromium(string program)
    {
        string[] arguments =
            ["--headless", "--no-sandbox", "--disable-gpu", "--window-size=1060,900", "--remote-debugging-port=0", $"--user-data-dir={_profile.FullName}", "about:blank"];
        _process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true, RedirectStandardOutput = true })!;
    }

    /// <summary>Its program, or null where there is none.</summary>
    public static string? Find() => (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
        .SelectMany(folder => Names.Select(name => Path.Combine(folder, name))).FirstOrDefault(File.Exists);

    /// <summary>Starts the browser and opens a page.</summary>
    public static async Task<Chromium> Open(string program, string address)
    {
        Chromium browser = new(program);
        try
        {
            await browser.Connect();
            await browser.Send("Page.navigate", new JsonObject { ["url"] = address });
            return browser;
        }
        catch
        {
            await browser.DisposeAsync();
            throw;
        }
    }

    /// <summary>The value of an expression of the page's, as text.</summary>
    public async Task<string> Evaluate(string expression)
    {
        JsonNode result = await Send("Runtime.evaluate", new JsonObject { ["expression"] = expression, ["returnByValue"] = true });
        return result["result"]!["value"]?.ToString() ?? "";
    }

    /// <summary>Waits for an expression to be true; the time that it took, or null where it took longer than allowed.</summary>
    public async Task<TimeSpan?> Until(string expression, TimeSpan allowed)
    {
        Stopwatch time = Stopwatch.StartNew();
        while (await Evaluate(expression) != "true")
        {
            if (time.Elapsed > allowed)
                return null;
            await Task.Delay(20);
        }

        return time.Elapsed;
    }

    /// <summary>Keeps what a visitor sees, as PNG.</summary>
    public async Task Photograph(string path)
    {
        JsonNode result = await Send("Page.captureScreenshot", []);
        await File.WriteAllBytesAsync(path, Convert.FromBase64String((string)result["data"]!));
    }

    public async ValueTask DisposeAsync()
    {
        _socket.Dispose();
        _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
        _process.Dispose();
        for (int tries = 0; _profile.Exists && tries < 20; tries++)
        {
            try
            {
                _profile.Delete(recursive: true);
                return;
            }
            catch (IOException)
            {
                // One of its processes still wrote.
                await Task.Delay(100);
            }
        }
    }

    private async Task Connect()
    {
        string said = "";
        while (!Endpoint().IsMatch(said))
            said = await _process.StandardError.ReadLineAsync() ?? throw new InvalidOperationException("The browser ended before it listened.");
        _ = _process.StandardError.ReadToEndAsync();
        _ = _process.StandardOutput.ReadToEndAsync();
        using HttpClient client = new();
        JsonNode targets = JsonNode.Parse(await client.GetStringAsync($"http://{Endpoint().Match(said).Groups[1].Value}/json/list"))!;
        string page = (string)targets.AsArray().First(target => (string)target!["type"]! == "page")!["webSocketDebuggerUrl"]!;
        await _socket.ConnectAsync(new Uri(page), default);
    }

    private async Task<JsonNode> Send(string method, JsonObject parameters)
    {
        int id = ++_sent;
        JsonObject message = new() { ["id"] = id, ["method"] = method, ["params"] = parameters };
        await _socket.SendAsync(JsonSerializer.SerializeToUtf8Bytes(message), WebSocketMessageType.Text, endOfMessage: true, default);
        while (true)
        {
            // Events come in between; nobody asked for them.
            JsonNode received = await Receive();
            if ((int?)received["id"] == id)
                return received["result"] ?? throw new InvalidOperationException($"{method}: {received["error"]}");
        }
    }

    private async Task<JsonNode> Receive()
    {
        using MemoryStream whole = new();
        byte[] part = new byte[4096];
        ValueWebSocketReceiveResult received;
        do
        {
            received = await _socket.ReceiveAsync(part.AsMemory(), default);
            whole.Write(part, 0, received.Count);
        }
        while (!received.EndOfMessage);
        return JsonNode.Parse(whole.ToArray())!;
    }

    [GeneratedRegex(@"DevTools listening on ws://([^/]+)/")]
    private static partial Regex Endpoint();
}
