using System;
using System.IO;

namespace GeneratedNetworks;

/// <summary>An epoch's report in a checkpoint: a fixed number of bytes, little-endian.</summary>
internal static class EpochRecord
{
    public const int Size = (9 * 8) + 4 + 1;

    [Flags]
    private enum Known : byte
    {
        ValidationLoss = 1,
        TrainingMetric = 2,
        ValidationMetric = 4,
        GradientNorm = 8,
        IsAccuracy = 16,
        IsBest = 32,
    }

    public static void Write(BinaryWriter writer, in EpochReport report)
    {
        writer.Write(report.TrainingLoss);
        writer.Write(report.ValidationLoss ?? 0);
        writer.Write(report.TrainingMetric ?? 0);
        writer.Write(report.ValidationMetric ?? 0);
        writer.Write(report.LearningRate);
        writer.Write(report.GradientNorm ?? 0);
        writer.Write(report.Elapsed.Ticks);
        writer.Write(report.TimePerStep.Ticks);
        writer.Write(report.Remaining.Ticks);
        writer.Write(report.Steps);
        writer.Write((byte)((report.ValidationLoss is null ? 0 : Known.ValidationLoss)
            | (report.TrainingMetric is null ? 0 : Known.TrainingMetric)
            | (report.ValidationMetric is null ? 0 : Known.ValidationMetric)
            | (report.GradientNorm is null ? 0 : Known.GradientNorm)
            | (report.IsAccuracy ? Known.IsAccuracy : 0)
            | (report.IsBest ? Known.IsBest : 0)));
    }

    /// <summary>Reads what <see cref="Write"/> wrote.</summary>
    /// <param name="reader">The checkpoint.</param>
    /// <param name="epoch">The epoch, which its place says.</param>
    /// <param name="epochs">How many epochs the run that reads it asks for.</param>
    public static EpochReport Read(BinaryReader reader, int epoch, int epochs)
    {
        double trainingLoss = reader.ReadDouble();
        double validationLoss = reader.ReadDouble();
        double trainingMetric = reader.ReadDouble();
        double validationMetric = reader.ReadDouble();
        double learningRate = reader.ReadDouble();
        double gradientNorm = reader.ReadDouble();
        TimeSpan elapsed = new(reader.ReadInt64());
        TimeSpan timePerStep = new(reader.ReadInt64());
        TimeSpan remaining = new(reader.ReadInt64());
        int steps = reader.ReadInt32();
        Known known = (Known)reader.ReadByte();
        return new EpochReport
        {
            Epoch = epoch,
            Epochs = epochs,
            Steps = steps,
            TrainingLoss = trainingLoss,
            ValidationLoss = Has(Known.ValidationLoss) ? validationLoss : null,
            TrainingMetric = Has(Known.TrainingMetric) ? trainingMetric : null,
            ValidationMetric = Has(Known.ValidationMetric) ? validationMetric : null,
            IsAccuracy = Has(Known.IsAccuracy),
            LearningRate = learningRate,
            GradientNorm = Has(Known.GradientNorm) ? gradientNorm : null,
            IsBest = Has(Known.IsBest),
            Elapsed = elapsed,
            TimePerStep = timePerStep,
            Remaining = remaining,
        };

        bool Has(Known part) => (known & part) != 0;
    }
}
