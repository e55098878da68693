using System;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Reflection;
using GameBrain;

const ulong Seed = 1;
const int Frames = 10_000;
const int Window = 500;
const int Traced = 200;

string project = typeof(Game).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(a => a.Key == "ProjectDirectory").Value!;
if (args is ["instinct"])
{
    Instinct.Write(Path.Combine(project, "instinct.safetensors"));
    return 0;
}

Game game = new(Seed);
int[] eaten = new int[Frames];
int[] caught = new int[Frames];
long[] ticks = new long[Frames];
Paths grazersFirst = new(Traced, Game.GrazerCount);
Paths huntersFirst = new(Traced, Game.HunterCount);
Paths grazersLast = new(Traced, Game.GrazerCount);
Paths huntersLast = new(Traced, Game.HunterCount);

// Start: the first frames pay for what the runtime does once. Nothing is learned yet.
for (int frame = 0; frame < Learner.Horizon; frame++)
    game.Frame();

long before = GC.GetAllocatedBytesForCurrentThread();
for (int frame = 0; frame < Frames; frame++)
{
    long start = Stopwatch.GetTimestamp();
    (eaten[frame], caught[frame]) = game.Frame();
    ticks[frame] = Stopwatch.GetTimestamp() - start;
    if (frame < Traced)
    {
        grazersFirst.Record(frame, game.Grazers);
        huntersFirst.Record(frame, game.Hunters);
    }

    if (frame >= Frames - Traced)
    {
        grazersLast.Record(frame - (Frames - Traced), game.Grazers);
        huntersLast.Record(frame - (Frames - Traced), game.Hunters);
    }
}

long allocated = GC.GetAllocatedBytesForCurrentThread() - before;
double Microseconds(double duration) => duration * 1e6 / Stopwatch.Frequency;
double median = Microseconds(ticks.Order().ElementAt(Frames / 2));
double early = eaten.Take(Window).Average();
double late = eaten.TakeLast(Window).Average();
Report("agents", $"{Game.GrazerCount} grazers and {Game.HunterCount} hunters, a brain of {Brain.ParameterCount} parameters for each species");
Report("garbage", $"{allocated:n0} bytes allocated in {Frames:n0} frames");
Report("time per frame", $"{Microseconds(ticks.Average()):f0} µs on average, half of them below {median:f0} µs");
Report("food eaten", $"{early:f1} pieces a frame in the first {Window} frames, {late:f1} in the last");
(double few, double many) = (caught.Take(Window).Average(), caught.TakeLast(Window).Average());
Report("grazers caught", $"{few:f1} a frame in the first {Window} frames, {many:f1} in the last");
string picture = Path.Combine(Directory.CreateDirectory(Path.Combine(project, "output")).FullName, "learning.png");
Pictures.Save(picture, eaten, caught, game.Grazers.Mind.Brain, (grazersFirst, huntersFirst), (grazersLast, huntersLast));
Report("picture", $"{picture}");

// One byte a frame would be more. What is less need not be ours: a collection for another thread counts the unused rest of this one's allocation buffer.
if (allocated < 8192 && late >= 2 * early)
    return 0;
Console.WriteLine("FAILED: no garbage, and at least twice as much food, was expected.");
return 1;

static void Report(string label, FormattableString text) => Console.WriteLine($"{label + ":",-16} {FormattableString.Invariant(text)}");
