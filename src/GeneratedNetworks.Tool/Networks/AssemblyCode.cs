using System.Reflection.Emit;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Reflection.PortableExecutable;
using GeneratedNetworks.Generator.Model;

namespace GeneratedNetworks.Tool.Networks;

/// <summary>What generated code takes in an assembly.</summary>
/// <param name="Methods">Methods that have a body.</param>
/// <param name="IlBytes">Bytes of IL in them, without heads and tables of exceptions.</param>
/// <param name="ConstantBytes">Bytes of the data that they read from the assembly: embedded parameters, and a few that go with them.</param>
internal sealed record CodeSize(int Methods, long IlBytes, long ConstantBytes);

/// <summary>Adds up the code of networks, and of what they share, by the metadata of an assembly.</summary>
internal sealed class AssemblyCode(PEReader image, MetadataReader reader)
{
    private const string Mark = "GeneratedNetworks", Shared = "GeneratedNetworks.Generated", Attribute = "GeneratedCodeAttribute", Embedded = "Embedded";

    private static readonly Dictionary<int, OperandType> Operands = typeof(OpCodes).GetFields()
        .Select(field => (OpCode)field.GetValue(null)!)
        .ToDictionary(code => (int)(ushort)code.Value, code => code.OperandType);

    // Tokens of data: what several networks read is in the assembly once.
    private readonly HashSet<int> _counted = [];

    /// <summary>All that was added up so far, data once.</summary>
    public CodeSize Total { get; private set; } = new(0, 0, 0);

    /// <summary>A network: what the generator added to its class, the user's own members not.</summary>
    public CodeSize Of(TypeDefinition network)
    {
        List<MethodDefinition> methods = [.. network.GetNestedTypes().Select(reader.GetTypeDefinition).Where(IsGenerated).SelectMany(MethodsOf)];
        methods.AddRange(Own(network));
        return Size(methods);
    }

    /// <summary>What the networks of an assembly share; null where they share nothing.</summary>
    public CodeSize? OfShared()
    {
        MethodDefinition[] methods =
        [
            .. reader.TypeDefinitions.Select(reader.GetTypeDefinition)
                .Where(type => type.GetDeclaringType().IsNil && reader.StringComparer.Equals(type.Namespace, Shared)).SelectMany(MethodsOf),
        ];
        return methods.Length == 0 ? null : Size(methods);
    }

    private bool IsGenerated(TypeDefinition nested) =>
        reader.StringComparer.Equals(nested.Name, EmittedMembers.Private[0]) || reader.StringComparer.Equals(nested.Name, EmittedMembers.Trainer);

    private IEnumerable<MethodDefinition> MethodsOf(TypeDefinition type)
    {
        Stack<TypeDefinition> open = new([type]);
        int seen = 0;
        while (open.TryPop(out TypeDefinition next))
        {
            // In a damaged file types may contain each other.
            if (++seen > reader.TypeDefinitions.Count)
                throw new BadImageFormatException("its types are nested without end");
            foreach (MethodDefinitionHandle method in next.GetMethods())
                yield return reader.GetMethodDefinition(method);
            foreach (TypeDefinitionHandle nested in next.GetNestedTypes())
                open.Push(reader.GetTypeDefinition(nested));
        }
    }

    /// <summary>Members that carry the generator's mark; in <c>Basic</c>, which marks nothing, those that are called as its members are.</summary>
    private IEnumerable<MethodDefinition> Own(TypeDefinition network)
    {
        HashSet<MethodDefinitionHandle> marked = [.. network.GetMethods().Where(method => IsMarked(reader.GetMethodDefinition(method).GetCustomAttributes()))];
        foreach (PropertyDefinition property in network.GetProperties().Select(reader.GetPropertyDefinition).Where(property => IsMarked(property.GetCustomAttributes())))
            marked.Add(property.GetAccessors().Getter);
        HashSet<string> names =
        [
            .. EmittedMembers.Of(GeneratedNetworks.Generator.Model.EmitProfile.Basic, GeneratedNetworks.Generator.Model.Precision.Single, training: false, isStatic: false)
                .Select(member => member.Name),
        ];
        foreach (MethodDefinitionHandle handle in network.GetMethods())
        {
            MethodDefinition method = reader.GetMethodDefinition(handle);
            string name = reader.GetString(method.Name);

            // Members of our interfaces are written out explicitly, by their full names; what fields start with is in the constructor of the class.
            bool isExplicit = name.StartsWith(Mark + ".", StringComparison.Ordinal) || name.StartsWith($"global::{Mark}.", StringComparison.Ordinal);
            if (marked.Contains(handle) || isExplicit || name == ".cctor" || (marked.Count == 0 && names.Contains(name)))
                yield return method;
        }
    }

    private bool IsMarked(CustomAttributeHandleCollection attributes)
    {
        foreach (CustomAttribute attribute in attributes.Select(reader.GetCustomAttribute))
        {
            if (attribute.Constructor.Kind != HandleKind.MemberReference
                || reader.GetMemberReference((MemberReferenceHandle)attribute.Constructor).Parent is not { Kind: HandleKind.TypeReference } type
                || !reader.StringComparer.Equals(reader.GetTypeReference((TypeReferenceHandle)type).Name, Attribute))
            {
                continue;
            }

            BlobReader value = reader.GetBlobReader(attribute.Value);
            value.ReadUInt16();
            if (value.ReadSerializedString() == Mark)
                return true;
        }

        return false;
    }

    private CodeSize Size(IReadOnlyList<MethodDefinition> methods)
    {
        int bodies = 0;
        long bytes = 0, constants = 0;
        HashSet<int> own = [];
        foreach (MethodDefinition method in methods.Where(method => method.RelativeVirtualAddress != 0))
        {
            BlobReader il = image.GetMethodBody(method.RelativeVirtualAddress).GetILReader();
            bodies++;
            bytes += il.Length;
            bool isEmbedded = reader.StringComparer.Equals(reader.GetTypeDefinition(method.GetDeclaringType()).Name, Embedded);
            foreach ((int token, long length) in Data(il, isEmbedded))
            {
                if (own.Add(token))
                    constants += length;
                if (_counted.Add(token))
                    Total = Total with { ConstantBytes = Total.ConstantBytes + length };
            }
        }

        Total = Total with { Methods = Total.Methods + bodies, IlBytes = Total.IlBytes + bytes };
        return new CodeSize(bodies, bytes, constants);
    }

    /// <summary>The data that a method names: fields that start with bytes of the file, and, of parameters that are kept so, a string.</summary>
    private List<(int Token, long Length)> Data(BlobReader il, bool withStrings)
    {
        List<(int, long)> found = [];
        while (il.RemainingBytes > 0)
        {
            int code = il.ReadByte();
            if (code == 0xFE)
                code = 0xFE00 | il.ReadByte();
            switch (Operands[code])
            {
                case OperandType.InlineTok or OperandType.InlineField:
                    int token = il.ReadInt32();
                    if (MetadataTokens.EntityHandle(token) is { Kind: HandleKind.FieldDefinition } field && LengthOf((FieldDefinitionHandle)field) is > 0 and var length)
                        found.Add((token, length));
                    break;
                case OperandType.InlineString:
                    int text = il.ReadInt32();
                    if (withStrings)
                        found.Add((text, sizeof(char) * (long)reader.GetUserString(MetadataTokens.UserStringHandle(text & 0xFFFFFF)).Length));
                    break;
                case OperandType.InlineSwitch:
                    int cases = il.ReadInt32();
                    il.Offset = checked(il.Offset + (4 * cases));
                    break;
                case OperandType.InlineI8 or OperandType.InlineR:
                    il.ReadInt64();
                    break;
                case OperandType.ShortInlineBrTarget or OperandType.ShortInlineI or OperandType.ShortInlineVar:
                    il.ReadByte();
                    break;
                case OperandType.InlineVar:
                    il.ReadInt16();
                    break;
                case OperandType.InlineNone:
                    break;
                default:
                    il.ReadInt32();
                    break;
            }
        }

        return found;
    }

    /// <summary>Bytes of a field that starts with data of the file; 0 for any other.</summary>
    private long LengthOf(FieldDefinitionHandle handle)
    {
        FieldDefinition field = reader.GetFieldDefinition(handle);
        if (field.GetRelativeVirtualAddress() == 0)
            return 0;
        BlobReader signature = reader.GetBlobReader(field.Signature);
        signature.ReadSignatureHeader();
        switch (signature.ReadSignatureTypeCode())
        {
            case SignatureTypeCode.TypeHandle:
                return signature.ReadTypeHandle() is { Kind: HandleKind.TypeDefinition } type ? reader.GetTypeDefinition((TypeDefinitionHandle)type).GetLayout().Size : 0;
            case SignatureTypeCode.SByte or SignatureTypeCode.Byte or SignatureTypeCode.Boolean:
                return sizeof(byte);
            case SignatureTypeCode.Int16 or SignatureTypeCode.UInt16 or SignatureTypeCode.Char:
                return sizeof(short);
            case SignatureTypeCode.Int64 or SignatureTypeCode.UInt64 or SignatureTypeCode.Double:
                return sizeof(long);
            default:
                return sizeof(int);
        }
    }
}
