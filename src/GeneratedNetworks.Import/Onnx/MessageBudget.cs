using Google.Protobuf;
using Google.Protobuf.Reflection;

namespace GeneratedNetworks.Import.Onnx;

/// <summary>
/// Counts the messages of a file before they become objects: an empty message has two bytes in the file and some hundred in memory, so that a small
/// file
/// could ask for a hundred times its size.
/// </summary>
internal static class MessageBudget
{
    /// <summary>The most messages and strings that a file may hold; networks that a source generator can take have some thousand.</summary>
    public const int Most = 2_000_000;

    // That of the protobuf library.
    private const int DeepestNesting = 100;

    /// <exception cref="ModelFileException">There are more.</exception>
    /// <exception cref="InvalidProtocolBufferException">The bytes are no protobuf message.</exception>
    public static void Check(ModelSource source, MessageDescriptor root)
    {
        int count = 0;
        Stack<(MessageDescriptor Type, long End)> open = new();
        open.Push((root, source.Content.Length));
        CodedInputStream input = new(source.Content);
        while (true)
        {
            while (open.Count > 1 && input.Position >= open.Peek().End)
                open.Pop();
            if (input.Position >= source.Content.Length)
                return;
            uint tag = input.ReadTag();
            if (tag == 0)
                return;
            if (WireFormat.GetTagWireType(tag) != WireFormat.WireType.LengthDelimited)
            {
                input.SkipLastField();
                continue;
            }

            if (++count > Most)
                throw source.Error($"it holds more than {Most} messages and names.");
            FieldDescriptor? field = open.Peek().Type.FindFieldByNumber(WireFormat.GetTagFieldNumber(tag));
            if (field is null || field.FieldType != FieldType.Message || open.Count > DeepestNesting)
            {
                input.SkipLastField();
                continue;
            }

            int length = input.ReadLength();
            if (length < 0)
                return;
            open.Push((field.MessageType, input.Position + length));
        }
    }
}
