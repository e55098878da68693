using System.Reflection;
using System.Reflection.Emit;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Reflection.PortableExecutable;
using GeneratedNetworks.Import.Reading;

namespace GeneratedNetworks.Import.Tests.Reading;

/// <summary>The independent reading knows no type of the importers but the readers of containers: its answer owes nothing to theirs.</summary>
public sealed class ReadingDependencyTests
{
    private const string Home = "GeneratedNetworks.Import.Reading";

    /// <summary>What reads bytes and knows nothing of layers.</summary>
    private static readonly string[] Containers =
    [
        "GeneratedNetworks.Import.ModelSource",
        "GeneratedNetworks.Import.ModelFileException",
        "GeneratedNetworks.Import.Numbers.FloatingPoint",
        "GeneratedNetworks.Import.Onnx.MessageBudget",
        "GeneratedNetworks.Import.Onnx.ExternalData",
        "GeneratedNetworks.Import.TfLite.FlatFile",
        "GeneratedNetworks.Import.TfLite.FlatTable",
        "GeneratedNetworks.Import.TfLite.FlatVector",
        "GeneratedNetworks.Import.Keras.KerasArchive",
        "GeneratedNetworks.Import.Keras.KerasJson",
        "GeneratedNetworks.Import.Keras.Hdf.HdfFile",
        "GeneratedNetworks.SafeTensorsHeader",
        "GeneratedNetworks.TensorEntry",
        "GeneratedNetworks.NetworkFileException",
        "GeneratedNetworks.WeightOrder",
    ];

    [Fact]
    public void TheReadingReferencesContainersAlone()
    {
        SortedSet<string> mentioned = new(Mentioned(typeof(ModelReading).Assembly.Location), StringComparer.Ordinal);
        string[] forbidden = [.. mentioned.Where(name => !IsAllowed(name))];
        Assert.True(forbidden.Length == 0, "the reading mentions " + string.Join(", ", forbidden));

        // The search does find what is mentioned.
        Assert.Contains("GeneratedNetworks.Import.TfLite.FlatFile", mentioned);
        Assert.Contains("GeneratedNetworks.Import.Keras.Hdf.HdfFile", mentioned);
        Assert.Contains(mentioned, name => name.StartsWith("GeneratedNetworks.Import.Onnx.Schema.", StringComparison.Ordinal));
    }

    [Fact]
    public void TheSearchFindsImporters()
    {
        // The importer's own code mentions what is forbidden to the reading.
        string[] ofImporter = [.. Mentioned(typeof(ModelReading).Assembly.Location, "GeneratedNetworks.Import.TfLite")];
        Assert.Contains("GeneratedNetworks.Import.LayerChain", ofImporter);
        Assert.Contains(ofImporter, name => !IsAllowed(name));
    }

    private static bool IsAllowed(string name) =>
        !name.StartsWith("GeneratedNetworks.", StringComparison.Ordinal)
        || name.StartsWith(Home + ".", StringComparison.Ordinal)
        || name.StartsWith("GeneratedNetworks.Import.Onnx.Schema.", StringComparison.Ordinal)
        || Containers.Contains(name);

    /// <summary>The outermost types that code under a namespace mentions, in signatures or bodies.</summary>
    private static IEnumerable<string> Mentioned(string path, string home = Home)
    {
        using PEReader image = new(File.OpenRead(path));
        MetadataReader reader = image.GetMetadataReader();
        foreach (TypeDefinition type in reader.TypeDefinitions.Select(reader.GetTypeDefinition))
        {
            if (!IsUnder(NamespaceOf(reader, type), home))
                continue;
            HashSet<string> found = [];
            Collector collector = new(reader, found);
            collector.Add(type.BaseType);
            foreach (InterfaceImplementationHandle handle in type.GetInterfaceImplementations())
                collector.Add(reader.GetInterfaceImplementation(handle).Interface);
            foreach (FieldDefinitionHandle handle in type.GetFields())
                reader.GetFieldDefinition(handle).DecodeSignature(collector, null);
            foreach (MethodDefinition method in type.GetMethods().Select(reader.GetMethodDefinition))
            {
                method.DecodeSignature(collector, null);
                if (method.RelativeVirtualAddress == 0)
                    continue;
                MethodBodyBlock body = image.GetMethodBody(method.RelativeVirtualAddress);
                if (!body.LocalSignature.IsNil)
                    reader.GetStandaloneSignature(body.LocalSignature).DecodeLocalSignature(collector, null);
                foreach (EntityHandle token in Tokens(body.GetILReader()))
                    collector.Add(token);
            }

            foreach (string name in found)
                yield return name;
        }
    }

    private static bool IsUnder(string space, string home) => space == home || space.StartsWith(home + ".", StringComparison.Ordinal);

    private static string NamespaceOf(MetadataReader reader, TypeDefinition type)
    {
        while (!type.GetDeclaringType().IsNil)
            type = reader.GetTypeDefinition(type.GetDeclaringType());
        return reader.GetString(type.Namespace);
    }

    /// <summary>The members and types that instructions name.</summary>
    private static IEnumerable<EntityHandle> Tokens(BlobReader code)
    {
        List<EntityHandle> tokens = [];
        while (code.RemainingBytes > 0)
        {
            int value = code.ReadByte();
            OpCode operation = value == 0xFE ? TwoBytes[code.ReadByte()] : OneByte[value];
            switch (operation.OperandType)
            {
                case OperandType.InlineMethod or OperandType.InlineField
                    or OperandType.InlineType or OperandType.InlineTok:
                    tokens.Add(MetadataTokens.EntityHandle(code.ReadInt32()));
                    break;
                case OperandType.InlineSwitch:
                    code.Offset += 4 * code.ReadInt32();
                    break;
                case OperandType.InlineI8 or OperandType.InlineR:
                    code.Offset += 8;
                    break;
                case OperandType.ShortInlineBrTarget or OperandType.ShortInlineI or OperandType.ShortInlineVar:
                    code.Offset += 1;
                    break;
                case OperandType.InlineVar:
                    code.Offset += 2;
                    break;
                case OperandType.InlineNone:
                    break;
                default:
                    code.Offset += 4;
                    break;
            }
        }

        return tokens;
    }

    private static readonly OpCode[] OneByte = Codes(code => code.Size == 1);

    private static readonly OpCode[] TwoBytes = Codes(code => code.Size == 2);

    private static OpCode[] Codes(Func<OpCode, bool> wanted)
    {
        OpCode[] table = new OpCode[256];
        foreach (FieldInfo field in typeof(OpCodes).GetFields(BindingFlags.Public | BindingFlags.Static))
        {
            if (field.GetValue(null) is OpCode code && wanted(code))
                table[code.Value & 0xFF] = code;
        }

        return table;
    }

    /// <summary>Notes every named type of a signature, or of the member that an instruction names.</summary>
    private sealed class Collector(MetadataReader reader, HashSet<string> found) : ISignatureTypeProvider<int, object?>
    {
        public void Add(EntityHandle handle)
        {
            switch (handle.Kind)
            {
                case HandleKind.TypeDefinition:
                    GetTypeFromDefinition(reader, (TypeDefinitionHandle)handle, 0);
                    break;
                case HandleKind.TypeReference:
                    GetTypeFromReference(reader, (TypeReferenceHandle)handle, 0);
                    break;
                case HandleKind.TypeSpecification:
                    reader.GetTypeSpecification((TypeSpecificationHandle)handle).DecodeSignature(this, null);
                    break;
                case HandleKind.MethodDefinition:
                    Add(reader.GetMethodDefinition((MethodDefinitionHandle)handle).GetDeclaringType());
                    break;
                case HandleKind.FieldDefinition:
                    Add(reader.GetFieldDefinition((FieldDefinitionHandle)handle).GetDeclaringType());
                    break;
                case HandleKind.MemberReference:
                    Add(reader.GetMemberReference((MemberReferenceHandle)handle).Parent);
                    break;
                case HandleKind.MethodSpecification:
                    MethodSpecification method = reader.GetMethodSpecification((MethodSpecificationHandle)handle);
                    Add(method.Method);
                    method.DecodeSignature(this, null);
                    break;
            }
        }

        public int GetTypeFromDefinition(MetadataReader metadata, TypeDefinitionHandle handle, byte rawTypeKind)
        {
            TypeDefinition type = metadata.GetTypeDefinition(handle);
            while (!type.GetDeclaringType().IsNil)
                type = metadata.GetTypeDefinition(type.GetDeclaringType());

            // What the compiler makes of lambdas, arrays and switches belongs to nobody.
            string space = metadata.GetString(type.Namespace);
            if (space.Length > 0)
                found.Add($"{space}.{metadata.GetString(type.Name)}");
            return 0;
        }

        public int GetTypeFromReference(MetadataReader metadata, TypeReferenceHandle handle, byte rawTypeKind)
        {
            TypeReference type = metadata.GetTypeReference(handle);
            while (type.ResolutionScope.Kind == HandleKind.TypeReference)
                type = metadata.GetTypeReference((TypeReferenceHandle)type.ResolutionScope);
            found.Add($"{metadata.GetString(type.Namespace)}.{metadata.GetString(type.Name)}");
            return 0;
        }

        public int GetTypeFromSpecification(MetadataReader metadata, object? genericContext, TypeSpecificationHandle handle, byte rawTypeKind) =>
            metadata.GetTypeSpecification(handle).DecodeSignature(this, genericContext);

        public int GetArrayType(int elementType, ArrayShape shape) => 0;

        public int GetByReferenceType(int elementType) => 0;

        public int GetFunctionPointerType(MethodSignature<int> signature) => 0;

        public int GetGenericInstantiation(int genericType, System.Collections.Immutable.ImmutableArray<int> typeArguments) => 0;

        public int GetGenericMethodParameter(object? genericContext, int index) => 0;

        public int GetGenericTypeParameter(object? genericContext, int index) => 0;

        public int GetModifiedType(int modifier, int unmodifiedType, bool isRequired) => 0;

        public int GetPinnedType(int elementType) => 0;

        public int GetPointerType(int elementType) => 0;

        public int GetPrimitiveType(PrimitiveTypeCode typeCode) => 0;

        public int GetSZArrayType(int elementType) => 0;
    }
}
