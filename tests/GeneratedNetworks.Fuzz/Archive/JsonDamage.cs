using System.Text.Json;
using System.Text.Json.Nodes;

namespace GeneratedNetworks.Fuzz.Archive;

/// <summary>Configurations that are JSON and say something else: values of other types, members gone or moved, lists that repeat.</summary>
internal static class JsonDamage
{
    private const int MostCopies = 2_000;

    public static byte[] Damage(byte[] json, Random random)
    {
        JsonNode? root;
        try
        {
            root = JsonNode.Parse(json);
        }
        catch (JsonException)
        {
            return json;
        }

        for (int change = 1 + random.Next(3); change > 0 && root is not null; change--)
        {
            List<JsonNode> nodes = [];
            Collect(root, nodes);
            Change(random.Pick(nodes), nodes, random);
        }

        return root is null ? json : JsonSerializer.SerializeToUtf8Bytes(root, new JsonSerializerOptions { MaxDepth = 1000 });
    }

    private static void Collect(JsonNode node, List<JsonNode> nodes)
    {
        nodes.Add(node);
        IEnumerable<JsonNode?> inner = node is JsonObject members ? members.Select(member => member.Value) : node is JsonArray list ? list : [];
        foreach (JsonNode? child in inner)
        {
            if (child is not null)
                Collect(child, nodes);
        }
    }

    private static void Change(JsonNode node, List<JsonNode> nodes, Random random)
    {
        if (node is JsonObject members && members.Count > 0)
        {
            string name = random.Pick(members.Select(member => member.Key).ToList());
            if (random.Next(4) == 0)
                members.Remove(name);
            else
                members[name] = Other(nodes, random);
        }
        else if (node is JsonArray list && list.Count > 0)
        {
            int at = random.Next(list.Count);
            switch (random.Next(4))
            {
                case 0:
                    list.RemoveAt(at);
                    break;
                case 1:
                    list.Insert(at, Other(nodes, random));
                    break;
                case 2:
                    list[at] = Other(nodes, random);
                    break;
                default:
                    // Small things many times: what takes time by the square shows.
                    int copies = 1 + Math.Min(random.Next(MostCopies), random.Next(MostCopies));
                    JsonNode? one = list[at];
                    for (int i = 0; i < copies && list.Count < MostCopies; i++)
                        list.Add(one?.DeepClone());
                    break;
            }
        }
    }

    private static JsonNode? Other(List<JsonNode> nodes, Random random)
    {
        switch (random.Next(12))
        {
            case 0:
                return null;
            case 1:
                return JsonValue.Create(random.Next(2) == 0);
            case 2:
                return JsonValue.Create((long)Values.Extreme(random));
            case 3:
                return JsonValue.Create(random.Next(-2, 70));
            case 4:
                return JsonValue.Create(random.NextDouble() * 4);
            case 5:
                return new JsonArray();
            case 6:
                return new JsonObject();
            case 7:
                return JsonValue.Create(new string(random.Pick((char[])['a', '/', '.', '\n', '\0', 'ß']), random.Next(5_000)));
            case 8:
                JsonNode nested = new JsonArray();
                for (int depth = random.Next(200); depth > 0; depth--)
                    nested = new JsonArray(nested);
                return nested;
            default:
                return random.Pick(nodes).DeepClone();
        }
    }
}
