using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using System.Reflection;
using System.Reflection.Emit;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace GeneratedNetworks.Tests.Compiled;

/// <summary>What one method costs the JIT, by which RyuJIT decides whether to optimize it at all.</summary>
internal sealed record MethodSize(string Name, int Bytes, int Instructions, int Locals, int LocalReferences, int Blocks);

/// <summary>Reads the IL of an assembly.</summary>
internal static class MethodBodies
{
    private static readonly Dictionary<int, OpCode> OpCodesByValue = typeof(OpCodes)
        .GetFields(BindingFlags.Public | BindingFlags.Static)
        .Select(field => (OpCode)field.GetValue(null)!)
        .ToDictionary(code => (int)(ushort)code.Value);

    public static List<MethodSize> Read(byte[] image)
    {
        using PEReader reader = new(ImmutableArray.Create(image));
        MetadataReader metadata = reader.GetMetadataReader();
        List<MethodSize> sizes = [];
        foreach (MethodDefinitionHandle handle in metadata.MethodDefinitions)
        {
            MethodDefinition method = metadata.GetMethodDefinition(handle);
            if (method.RelativeVirtualAddress == 0)
                continue;
            MethodBodyBlock body = reader.GetMethodBody(method.RelativeVirtualAddress);
            string name = $"{TypeName(metadata, method.GetDeclaringType())}.{metadata.GetString(method.Name)}";
            sizes.Add(Measure(name, body.GetILReader(), Locals(metadata, body)));
        }

        return sizes;
    }

    private static MethodSize Measure(string name, BlobReader il, int locals)
    {
        int instructions = 0;
        int localReferences = 0;
        HashSet<int> blockStarts = [0];
        int bytes = il.Length;
        while (il.RemainingBytes > 0)
        {
            int value = il.ReadByte();
            if (value == 0xFE)
                value = 0xFE00 | il.ReadByte();
            OpCode code = OpCodesByValue[value];
            instructions++;
            string mnemonic = code.Name!;
            if (mnemonic.StartsWith("ldloc", StringComparison.Ordinal) || mnemonic.StartsWith("stloc", StringComparison.Ordinal)
                || mnemonic.StartsWith("ldarg", StringComparison.Ordinal) || mnemonic.StartsWith("starg", StringComparison.Ordinal))
                localReferences++;
            SkipOperand(ref il, code, blockStarts);
            if (code.FlowControl is FlowControl.Branch or FlowControl.Cond_Branch or FlowControl.Return or FlowControl.Throw)
                blockStarts.Add(il.Offset);
        }

        return new MethodSize(name, bytes, instructions, locals, localReferences, blockStarts.Count);
    }

    private static void SkipOperand(ref BlobReader il, OpCode code, HashSet<int> blockStarts)
    {
        switch (code.OperandType)
        {
            case OperandType.InlineNone:
                break;
            case OperandType.ShortInlineBrTarget:
                int near = il.ReadSByte();
                blockStarts.Add(il.Offset + near);
                break;
            case OperandType.InlineBrTarget:
                int far = il.ReadInt32();
                blockStarts.Add(il.Offset + far);
                break;
            case OperandType.ShortInlineI or OperandType.ShortInlineVar:
                il.Offset += 1;
                break;
            case OperandType.InlineVar:
                il.Offset += 2;
                break;
            case OperandType.InlineI8 or OperandType.InlineR:
                il.Offset += 8;
                break;
            case OperandType.InlineSwitch:
                int count = il.ReadInt32();
                int end = il.Offset + (4 * count);
                for (int i = 0; i < count; i++)
                    blockStarts.Add(end + il.ReadInt32());
                break;
            default:
                il.Offset += 4;
                break;
        }
    }

    private static int Locals(MetadataReader metadata, MethodBodyBlock body)
    {
        if (body.LocalSignature.IsNil)
            return 0;
        BlobReader blob = metadata.GetBlobReader(metadata.GetStandaloneSignature(body.LocalSignature).Signature);
        blob.ReadSignatureHeader();
        return blob.ReadCompressedInteger();
    }

    private static string TypeName(MetadataReader metadata, TypeDefinitionHandle handle)
    {
        TypeDefinition type = metadata.GetTypeDefinition(handle);
        string name = metadata.GetString(type.Name);
        return type.GetDeclaringType().IsNil ? name : $"{TypeName(metadata, type.GetDeclaringType())}.{name}";
    }
}
