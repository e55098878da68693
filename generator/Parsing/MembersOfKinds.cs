using System;
using System.Collections.Generic;
using System.Linq;
using GeneratedNetworks.Generator.Model;
using Microsoft.CodeAnalysis;

namespace GeneratedNetworks.Generator.Parsing;

/// <summary>Members that only networks of one kind have, and what makes a network one of it.</summary>
internal sealed class MembersOfKinds
{
    private static readonly MembersOfKinds[] All =
    [
        new(
            network => !Streams(network),
            "there where a network runs frame by frame, and '{0}' does not: write Streaming = true in [GeneratedNetwork]",
            EmittedMembers.FrameSize, EmittedMembers.OutputFrameSize, EmittedMembers.MemorySize, EmittedMembers.MemoryLayout, EmittedMembers.ForwardStream, EmittedMembers.ForwardStreams,
            "LossStreams", "BackwardStreams", "StepStreams"),
        new(
            network => !Streams(network) || !Has(network, EmittedMembers.ForwardIds),
            "there where a network runs frame by frame and Embedding reads its input, and '{0}' is none such: write Streaming = true in [GeneratedNetwork], and [Embedding(vocabulary, dimensions)] as its first layer",
            EmittedMembers.ForwardStreamIds),
        new(
            network => !Has(network, EmittedMembers.ForwardLengths),
            "there where a sequence may end before its window does, and in '{0}' none may: that takes SimpleRnn, Gru or Lstm, no BatchNorm, and no layer that sees several steps at once, such as Dense without PerStep",
            EmittedMembers.ForwardLengths, "LossLengths", "BackwardLengths", "StepLengths"),
        new(
            network => !Has(network, EmittedMembers.ForwardIds),
            "there where Embedding reads all inputs, which are then whole numbers, and not in '{0}': write [Embedding(vocabulary, dimensions)] as its first layer",
            EmittedMembers.ForwardIds, "StepIds"),
    ];

    private readonly Func<INamedTypeSymbol, bool> _lacks;
    private readonly string _text;
    private readonly string[] _members;

    private MembersOfKinds(Func<INamedTypeSymbol, bool> lacks, string text, params string[] members)
    {
        _lacks = lacks;
        _text = text;
        _members = members;
    }

    /// <summary>The kind whose members one of the name is among; null for other names.</summary>
    public static MembersOfKinds? Find(string member) => Array.Find(All, kind => kind._members.Contains(member));

    /// <summary>Whether a network is not of the kind; where it is, such a member is missing for another reason.</summary>
    public bool LackedBy(INamedTypeSymbol network) => _lacks(network);

    /// <summary>What to say of members of the kind that a network lacks: "MemorySize and FrameSize are there where …".</summary>
    public string Say(INamedTypeSymbol network, IReadOnlyList<string> members)
    {
        string names = members.Count == 1 ? members[0] + " is" : $"{string.Join(", ", members.Take(members.Count - 1))} and {members[members.Count - 1]} are";
        return $"{names} {_text.Replace("{0}", network.Name)}";
    }

    private static bool Streams(INamedTypeSymbol network) =>
        network.GetAttributes().FirstOrDefault(attribute => AttributeNames.Is(attribute.AttributeClass, AttributeNames.Network)) is { } attribute && new AttributeReader(attribute).Bool("Streaming");

    private static bool Has(INamedTypeSymbol network, string member) => !network.GetMembers(member).IsEmpty;
}
