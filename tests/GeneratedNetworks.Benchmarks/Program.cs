using System;
using System.Collections.Generic;
using System.Linq;
using System.Reflection;
using GeneratedNetworks.Benchmarks.Commands;

namespace GeneratedNetworks.Benchmarks;

internal static class Program
{
    private static int Main(string[] arguments)
    {
        IReadOnlyList<ICommand> commands =
        [
            .. Assembly.GetExecutingAssembly().GetTypes()
                .Where(static type => type.IsClass && typeof(ICommand).IsAssignableFrom(type))
                .Select(static type => (ICommand)Activator.CreateInstance(type, nonPublic: true)!)
                .OrderBy(static command => command.Name, StringComparer.Ordinal),
        ];
        ICommand? chosen = commands.FirstOrDefault(command => command.Name == arguments.FirstOrDefault());
        if (chosen is null)
        {
            Console.WriteLine("usage: dotnet run -c Release --project tests/GeneratedNetworks.Benchmarks -- <command> [options]");
            foreach (ICommand command in commands)
            {
                Console.WriteLine($"  {command.Name,-8} {command.Summary}");
            }

            return arguments.Length == 0 ? 0 : 1;
        }

        try
        {
            return chosen.Run(arguments[1..]);
        }
        catch (FormatException error) when (error.TargetSite?.DeclaringType == typeof(Options))
        {
            Console.Error.WriteLine(error.Message);
            return 1;
        }
    }
}
