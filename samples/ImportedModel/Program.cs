using System;
using System.IO;
using System.Linq;
using System.Reflection;
using GeneratedNetworks;
using GeneratedNetworks.Onnx;
using ImportedDigits;

const int TrainedOn = 1437; // As in train.py.
const int Epochs = 40;

Report report = new();
Dataset<float> digits = Dataset<float>.ReadCsv(Path.Combine(AppContext.BaseDirectory, "digits.csv"), new CsvOptions { ClassCount = 10 });
Dataset<float> train = digits.Select([.. Enumerable.Range(0, TrainedOn)]);
Dataset<float> test = digits.Select([.. Enumerable.Range(TrainedOn, digits.Count - TrainedOn)]);

// 1. In: the network is a class, its parameters are a part of the program.
string parts = string.Join(", ", Reader.ParameterLayout.ToArray().Select(part => part.Name));
report.Line("network", $"{Reader.InputSize} inputs, {Reader.OutputSize} outputs, {Reader.ParameterCount} parameters: {parts}");
float[] outputs = new float[test.Count * Reader.OutputSize];
Reader.Forward(test.Inputs, outputs);
double gap = Agreement.LargestGap(Path.Combine(AppContext.BaseDirectory, "expected.csv"), outputs);
report.Check("against PyTorch", gap <= 1e-5, $"outputs differ by {gap:g2} at most");
double accuracy = Metrics.Accuracy<float>(outputs, test.Targets, Reader.OutputSize, Metrics.DefaultThreshold);
report.Check("test accuracy", accuracy > 0.9, $"{100 * accuracy:f1} % of {test.Count} digits");

// 2. Trained further: another scanner, whose pictures are paler and lie one pixel to the right.
Student student = new();
Dataset<float> otherTrain = Scanner.Scan(train);
Dataset<float> otherTest = Scanner.Scan(test);
double before = student.Accuracy(otherTest);
Student.Trainer trainer = new(student);
_ = trainer.Fit(otherTrain, new FitOptions { Epochs = Epochs, Schedule = LearningRateSchedule.Cosine(0.003, Epochs) });
double after = student.Accuracy(otherTest);
report.Check("another scanner", after > 0.85 && after > before + 0.2, $"{100 * before:f1} % before, {100 * after:f1} % after {Epochs} epochs");

// 3. Out, and in again.
string project = typeof(Report).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(a => a.Key == "ProjectDirectory").Value!;
string output = Directory.CreateDirectory(Path.Combine(project, "output")).FullName;
string tensors = Path.Combine(output, "student.safetensors");
student.Save(tensors);
Student loaded = new();
loaded.Load(tensors);
report.Check("as safetensors", Agreement.SameOutputs(student, loaded, otherTest), $"{tensors}");

string model = Path.Combine(output, "student.onnx");
student.SaveOnnx(model); // with the names of digits.onnx
Student read = new();
OnnxFile.Read(model, read);
report.Check("as ONNX", Agreement.SameOutputs(student, read, otherTest), $"{model}");

// 4. A convolutional network, whose last layer alone learns other digits.
OtherDigits.Learn(train, test, report);
return report.Failed ? 1 : 0;
