using System.IO;

namespace Slice
{
    /// <summary>The digits of samples/Digits, out of the assembly: 64 pixels from 0 to 16 and a class in each line.</summary>
    public static class Handwriting
    {
        public static void Read(out float[] pixels, out float[] classes)
        {
            using (Stream stream = typeof(Handwriting).Assembly.GetManifestResourceStream("digits.csv"))
            using (StreamReader reader = new StreamReader(stream))
            {
                string[] lines = reader.ReadToEnd().Trim().Split('\n');
                int start = lines[0][0] >= '0' && lines[0][0] <= '9' ? 0 : 1;
                int samples = lines.Length - start;
                pixels = new float[samples * 64];
                classes = new float[samples * 10];
                for (int i = 0; i < samples; i++)
                {
                    string[] cells = lines[start + i].Trim().Split(',');
                    for (int k = 0; k < 64; k++)
                        pixels[i * 64 + k] = int.Parse(cells[k]) / 16f;
                    classes[i * 10 + int.Parse(cells[64])] = 1;
                }
            }
        }
    }
}
