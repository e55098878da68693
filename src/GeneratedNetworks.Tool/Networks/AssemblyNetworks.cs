using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using GeneratedNetworks.Generator.Model;
using GeneratedNetworks.Generator.Parsing;
using GeneratedNetworks.Tool.Cli;
using Precision = GeneratedNetworks.Precision;

namespace GeneratedNetworks.Tool.Networks;

/// <summary>A generated class in an assembly.</summary>
/// <param name="Name">With namespace and outer classes.</param>
/// <param name="Precision">Its element type.</param>
/// <param name="InputSize">Elements of one input.</param>
/// <param name="OutputSize">Elements of one output.</param>
/// <param name="ParameterCount">Trainable numbers.</param>
/// <param name="IsTrainable">Whether it has a trainer.</param>
/// <param name="Layers">What the class says of its layers; null where it was generated for a project without our package, and says nothing.</param>
internal sealed record AssemblyNetwork(
    string Name, Precision Precision, int InputSize, int OutputSize, int ParameterCount, bool IsTrainable, ModelFile? Layers)
{
    /// <summary>What the generated part of it takes.</summary>
    public CodeSize Code { get; init; } = new(0, 0, 0);

    /// <summary>Whether a user who says this means the class: all of its name, or the end.</summary>
    public bool IsCalled(string name) => Name == name || Name.EndsWith("." + name, StringComparison.Ordinal);
}

/// <summary>What an assembly holds of ours.</summary>
/// <param name="Networks">All generated classes, ordered by name.</param>
/// <param name="Shared">The code that they share; null where they share nothing.</param>
/// <param name="Total">All of it.</param>
internal sealed record AssemblyContents(IReadOnlyList<AssemblyNetwork> Networks, CodeSize? Shared, CodeSize Total);

/// <summary>Finds generated classes by the metadata of an assembly; nothing of it is loaded or run.</summary>
internal static class AssemblyNetworks
{
    private const int DeepestNesting = 100;

    private static readonly string[] Sizes = [EmittedMembers.InputSize, EmittedMembers.OutputSize, EmittedMembers.ParameterCount];

    public static bool IsAssembly(string path) => Path.GetExtension(path).ToLowerInvariant() is ".dll" or ".exe";

    /// <summary>The classes by name, for a message on one that is none of them.</summary>
    public static string Listed(IEnumerable<string> classes) =>
        string.Join(", ", classes) is { Length: > 0 } names ? "there are " + names : "there is no generated class";

    public static AssemblyContents Read(string path)
    {
        if (!File.Exists(path))
            throw new ToolException($"{path}: there is no such file.");
        try
        {
            using PEReader image = new(File.OpenRead(path));
            if (!image.HasMetadata)
                throw new ToolException($"{path}: it is no .NET assembly; a program that a build writes as .exe has its code in the .dll beside it.");
            MetadataReader reader = image.GetMetadataReader();
            AssemblyCode code = new(image, reader);
            IEnumerable<AssemblyNetwork> networks = reader.TypeDefinitions.Select(handle => Read(reader, code, handle)).OfType<AssemblyNetwork>();
            AssemblyNetwork[] sorted = [.. networks.OrderBy(network => network.Name, StringComparer.Ordinal)];
            CodeSize? shared = code.OfShared();
            return new AssemblyContents(sorted, shared, code.Total);
        }
        catch (Exception exception) when (exception is not (ToolException or IOException or UnauthorizedAccessException or OutOfMemoryException))
        {
            // The reader of metadata trusts them here and there; its own word on a damaged file must not end in a stack trace.
            throw new ToolException($"{path}: it is damaged or no .NET assembly ({exception.Message.ReplaceLineEndings(" ")}).");
        }
    }

    private static AssemblyNetwork? Read(MetadataReader reader, AssemblyCode code, TypeDefinitionHandle handle)
    {
        TypeDefinition type = reader.GetTypeDefinition(handle);
        Dictionary<string, object?> constants = Constants(reader, type);
        if (!Sizes.All(size => constants.GetValueOrDefault(size) is int) || ElementType(reader, type) is not { } precision)
            return null;
        string? layers = Nested(reader, type, EmittedMembers.Private[0]) is { } names ? Constants(reader, names).GetValueOrDefault("Layers") as string : null;
        return new AssemblyNetwork(
            FullName(reader, type),
            precision,
            (int)constants[Sizes[0]]!,
            (int)constants[Sizes[1]]!,
            (int)constants[Sizes[2]]!,
            Nested(reader, type, EmittedMembers.Trainer) is not null,
            layers is null ? null : ReadLayers(layers))
        {
            Code = code.Of(type),
        };
    }

    /// <summary>Null for layers that a later version described, and where inputs or outputs are declared by name, which a model text has no layers for.</summary>
    private static ModelFile? ReadLayers(string layers)
    {
        ModelFile file = ModelTextReader.Read($"{ModelTextReader.Signature}\n{layers}\nend 0\n", "", "", withElements: false, CancellationToken.None);
        return file is { Error: null, HasArchitecture: true } && file.Networks[0].InputName is null ? file : null;
    }

    private static Dictionary<string, object?> Constants(MetadataReader reader, TypeDefinition type)
    {
        Dictionary<string, object?> constants = [];
        foreach (FieldDefinition field in type.GetFields().Select(reader.GetFieldDefinition))
        {
            if ((field.Attributes & FieldAttributes.Literal) == 0 || field.GetDefaultValue().IsNil)
                continue;
            Constant constant = reader.GetConstant(field.GetDefaultValue());
            constants[reader.GetString(field.Name)] = reader.GetBlobReader(constant.Value).ReadConstant(constant.TypeCode);
        }

        return constants;
    }

    /// <summary>The element type of what Forward takes first, a span or an array, which every generated class has.</summary>
    private static Precision? ElementType(MetadataReader reader, TypeDefinition type)
    {
        foreach (MethodDefinition method in type.GetMethods().Select(reader.GetMethodDefinition))
        {
            if (!reader.StringComparer.Equals(method.Name, EmittedMembers.Forward))
                continue;
            BlobReader signature = reader.GetBlobReader(method.Signature);
            SignatureHeader header = signature.ReadSignatureHeader();
            if (header.Kind != SignatureKind.Method || header.IsGeneric || signature.ReadCompressedInteger() != 2
                || signature.ReadSignatureTypeCode() != SignatureTypeCode.Void)
            {
                continue;
            }

            SignatureTypeCode code = signature.ReadSignatureTypeCode();
            if (code == SignatureTypeCode.GenericTypeInstance)
            {
                signature.ReadCompressedInteger();
                signature.ReadTypeHandle();
                if (signature.ReadCompressedInteger() != 1)
                    continue;
            }
            else if (code != SignatureTypeCode.SZArray)
            {
                continue;
            }

            switch (signature.ReadSignatureTypeCode())
            {
                case SignatureTypeCode.Single: return Precision.Single;
                case SignatureTypeCode.Double: return Precision.Double;
            }
        }

        return null;
    }

    private static TypeDefinition? Nested(MetadataReader reader, TypeDefinition type, string name)
    {
        foreach (TypeDefinition nested in type.GetNestedTypes().Select(reader.GetTypeDefinition))
        {
            if (reader.StringComparer.Equals(nested.Name, name))
                return nested;
        }

        return null;
    }

    private static string FullName(MetadataReader reader, TypeDefinition type)
    {
        string name = reader.GetString(type.Name);
        for (int depth = 0; !type.GetDeclaringType().IsNil; depth++)
        {
            // In a damaged file types may contain each other.
            if (depth == DeepestNesting)
                throw new BadImageFormatException("its types are nested without end");
            type = reader.GetTypeDefinition(type.GetDeclaringType());
            name = reader.GetString(type.Name) + "." + name;
        }

        return type.Namespace.IsNil ? name : reader.GetString(type.Namespace) + "." + name;
    }
}
