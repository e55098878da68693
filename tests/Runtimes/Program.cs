using System;

public static class Program
{
    /// <summary>With <c>times</c> it measures, otherwise it computes, in the profiles that are named, or in all.</summary>
    public static int Main(string[] arguments)
    {
        if (Array.IndexOf(arguments, "times") >= 0)
            Slice.All.Time(Console.WriteLine);
        else
            Slice.All.Run(arguments, Console.WriteLine);
        Console.WriteLine("end");
        return 0;
    }
}
