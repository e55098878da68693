using System.Net;
using System.Net.Sockets;

namespace GeneratedNetworks.Package.Tests;

/// <summary>The files of a folder, over HTTP on this machine, as any web server would hand them out.</summary>
internal sealed class StaticServer : IDisposable
{
    private readonly HttpListener _listener = new();
    private readonly string _folder;

    public StaticServer(string folder)
    {
        _folder = folder;
        Address = $"http://127.0.0.1:{FreePort()}/";
        _listener.Prefixes.Add(Address);
        _listener.Start();
        _ = Serve();
    }

    public string Address { get; }

    public void Dispose() => _listener.Close();

    private static int FreePort()
    {
        using TcpListener any = new(IPAddress.Loopback, 0);
        any.Start();
        return ((IPEndPoint)any.LocalEndpoint).Port;
    }

    private async Task Serve()
    {
        while (_listener.IsListening)
        {
            try
            {
                Answer(await _listener.GetContextAsync());
            }
            catch (Exception e) when (e is HttpListenerException or ObjectDisposedException)
            {
                // Closed, or a request that was given up.
            }
        }
    }

    private void Answer(HttpListenerContext context)
    {
        string name = Uri.UnescapeDataString(context.Request.Url!.AbsolutePath.TrimStart('/'));
        string path = Path.Combine(_folder, name.Length == 0 ? "index.html" : name);
        using HttpListenerResponse response = context.Response;
        if (!File.Exists(path))
        {
            response.StatusCode = 404;
            return;
        }

        byte[] content = File.ReadAllBytes(path);
        response.ContentType = Path.GetExtension(path) switch
        {
            ".html" => "text/html",
            ".css" => "text/css",
            ".js" => "text/javascript",
            ".wasm" => "application/wasm",
            _ => "application/octet-stream",
        };
        response.OutputStream.Write(content);
    }
}
