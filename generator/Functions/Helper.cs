using System;

namespace GeneratedNetworks.Generator.Functions;

/// <summary>One function that generated code may contain, written once for every numeric target.</summary>
/// <param name="Name">The method's name; overloads of one name serve several targets.</param>
/// <param name="Parameters">Parameter names, of the target's type; "ref m" for one that is updated in place.</param>
/// <param name="Formula">The comment above the method, without slashes.</param>
/// <param name="Body">The statements, as C# text of the given target.</param>
/// <param name="ScalarInDouble">A scalar float is computed in double and rounded once; false where float arithmetic is as good.</param>
internal sealed record Helper(string Name, string[] Parameters, string Formula, Func<NumericText, string> Body, bool ScalarInDouble = false);
