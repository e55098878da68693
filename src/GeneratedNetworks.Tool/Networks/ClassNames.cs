using System.Globalization;
using System.Text;
using GeneratedNetworks.Generator.Model;
using GeneratedNetworks.Tool.Cli;
using Microsoft.CodeAnalysis.CSharp;

namespace GeneratedNetworks.Tool.Networks;

/// <summary>Names for classes: those that files suggest, and whether one that the user says can be used.</summary>
internal static class ClassNames
{
    /// <summary>"digits-v2.onnx" → "DigitsV2". Letters of all scripts stay.</summary>
    public static string OfFile(string path)
    {
        StringBuilder name = new();
        bool startsWord = true;
        foreach (char character in Path.GetFileNameWithoutExtension(path))
        {
            if (!IsKept(character))
            {
                startsWord = true;
                continue;
            }

            name.Append(startsWord ? char.ToUpperInvariant(character) : character);
            startsWord = false;
        }

        if (name.Length == 0 || !SyntaxFacts.IsIdentifierStartCharacter(name[0]))
            name.Insert(0, "Net");
        return IsTaken(name.ToString()) ? name.Append("Net").ToString() : name.ToString();
    }

    /// <summary>Refuses what no class can be called, or no network.</summary>
    public static void CheckClass(string name)
    {
        if (!IsIdentifier(name))
            throw new ToolException($"'{name}' is no name for a class.", Gennet.WrongUsage);
        if (IsTaken(name))
            throw new ToolException($"'{name}' is the name of a generated member, so the class cannot be called so.", Gennet.WrongUsage);
    }

    public static void CheckNamespace(string name)
    {
        if (name.Length > 0 && !name.Split('.').All(IsIdentifier))
            throw new ToolException($"'{name}' is no namespace.", Gennet.WrongUsage);
    }

    /// <summary>What C# allows in a name, but for the underscore, which parts words, and characters that are not seen.</summary>
    private static bool IsKept(char character) => SyntaxFacts.IsIdentifierPartCharacter(character)
        && char.GetUnicodeCategory(character) is not (UnicodeCategory.ConnectorPunctuation or UnicodeCategory.Format);

    private static bool IsIdentifier(string name) => SyntaxFacts.IsValidIdentifier(name)
        && SyntaxFacts.GetKeywordKind(name) == SyntaxKind.None && SyntaxFacts.GetContextualKeywordKind(name) == SyntaxKind.None;

    private static bool IsTaken(string name) =>
        EmittedMembers.Of(default, default, training: true, isStatic: false).Any(member => member.Name == name);
}
