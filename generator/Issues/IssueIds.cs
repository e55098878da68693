namespace GeneratedNetworks.Generator.Issues;

/// <summary>The ids, free of Roslyn, for the stages that find issues. Texts are in <c>DiagnosticDescriptors</c>. An id is never used again.</summary>
internal static class IssueIds
{
    public const string NotPartial = "GN0001";
    public const string ContainingTypeNotPartial = "GN0002";    // {0} outer type, {1} class, {2} its keyword
    public const string UnsupportedType = "GN0003";              // {0} class, {1} why
    public const string NoLayer = "GN0004";                      // {0} class, {1} what to do
    public const string AttributeOnOtherPart = "GN0005";         // {0} attribute
    public const string AttributeWithoutNetwork = "GN0006";      // {0} attribute, {1} class
    public const string NonPositiveSize = "GN0007";              // {0} what, {1} ", not " and the value, or ": " and what to write
    public const string SizeOverflow = "GN0008";                 // {0} what there is, {1} limit, {2} what to do
    public const string UnknownEnumValue = "GN0009";             // {0} enum name, {1} value
    public const string SoftmaxBeforeOutput = "GN0010";          // {0} activation, {1} layer
    public const string LossNeedsActivation = "GN0011";          // {0} loss, {1} needed activation(s), {2} found, {3} what to do
    public const string DropoutRate = "GN0012";                  // {0} rate
    public const string DropoutLast = "GN0013";
    public const string BadLayerName = "GN0014";                 // {0} name
    public const string DuplicateLayerName = "GN0015";           // {0} name
    public const string MemberTaken = "GN0016";                  // {0} member, {1} class, {2} what to do
    public const string ClassNamedLikeMember = "GN0017";         // {0} class
    public const string AllFrozen = "GN0018";                    // {0} class, {1} why
    public const string StaticWithoutWeights = "GN0019";         // {0} class
    public const string StaticWithTraining = "GN0020";           // {0} class
    public const string NamesDifferInCase = "GN0021";            // {0} class, {1} other class
    public const string TooLargeForProfile = "GN0022";           // {0} what, {1} profile, {2} limit
    public const string LanguageVersionTooLow = "GN0023";        // {0} profile, {1} needed version, {2} found
    public const string ProfileUnavailable = "GN0024";           // {0} profile, {1} what is missing, {2} what to do
    public const string ModelFileMissing = "GN0025";             // {0} file, {1} which there are, {2} what to do
    public const string ModelFileUnusable = "GN0026";            // {0} the reason, with the file's name
    public const string WeightsMismatch = "GN0027";              // {0} file, {1} which tensor, {2} what is wrong and what to do
    public const string ModelFileMisused = "GN0028";             // {0} why
    public const string EmbeddedTooLarge = "GN0029";             // {0} class, {1} bytes, {2} limit
    public const string ClipBounds = "GN0030";                   // {0} what is wrong
    public const string DeclaredTwice = "GN0031";                // {0} class
    public const string NoTrainer = "GN0032";                    // {0} class, {1} why, and what to do
    public const string BadArgument = "GN0033";                  // {0} attribute, {1} what it takes, {2} what to write in its place, or nothing
    public const string NanoConstants = "GN0034";                // {0} class, {1} bytes, {2} limit
    public const string BudgetExceeded = "GN0035";               // {0} class, {1} what is exceeded, by how much, and what takes it
    public const string UnknownSource = "GN0036";                // {0} layer, {1} what it reads, {2} why not
    public const string ShapesDoNotFit = "GN0037";               // {0} layer, {1} what is wrong
    public const string NothingReads = "GN0038";                 // {0} layer
    public const string WindowArguments = "GN0039";              // {0} layer, {1} what is wrong
    public const string WindowDoesNotFit = "GN0040";             // {0} layer, {1} the window, {2} axis, {3} its elements
    public const string Groups = "GN0041";                       // {0} layer, {1} groups, {2} channels, {3} filters
    public const string InputMisused = "GN0042";                 // {0} what is wrong
    public const string OutputMisused = "GN0043";                // {0} what is wrong
    public const string PoolPadding = "GN0044";                  // {0} layer, {1} elements around, {2} axis, {3} the window's
    public const string NormalizationNumber = "GN0045";          // {0} layer, {1} what it takes, {2} the value
    public const string NotStreaming = "GN0046";                 // {0} what, {1} why, and what to write
    public const string UnknownLayer = "GN0047";                 // {0} attribute, {1} what to write
    public const string NotUnrolled = "GN0101";                  // {0} layer, {1} pass, {2} kernel, {3} why
    public const string ScratchBeyondStack = "GN0102";           // {0} bytes per thread, {1} limit
    public const string BasicByLanguageVersion = "GN0103";       // {0} class, {1} language version
    public const string SoftmaxOfOneOutput = "GN0104";           // {0} activation, {1} its constant value
    public const string OtherFunctions = "GN0105";               // {0} file, {1} its functions, {2} the network's, {3} what to do
    public const string WeightOrderUnsaid = "GN0106";            // {0} file
    public const string ScalarByLanguageVersion = "GN0107";      // {0} class, {1} language version
    public const string OtherPrecision = "GN0108";               // {0} class, {1} its type of numbers, {2} argument, {3} the argument's, {4} what to do
    public const string MisplacedCall = "GN0109";                // {0} what is where
    public const string NanoConstantsTogether = "GN0110";        // {0} bytes, {1} networks with theirs, {2} limit, {3} of it for signatures
    public const string FlattensSteps = "GN0111";                // {0} layer, {1} how many steps, {2} of which layer
}
