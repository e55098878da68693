using System;
using GeneratedNetworks;

namespace Consumer
{
    [GeneratedNetwork(8, Precision = Precision.Double)]
    [Dense(16, Activation.Relu)]
    [Dropout(0.1)]
    [Dense(4)]
    [Activation(Activation.Softmax)]
    [Training(Loss.CrossEntropy, Optimizer.AdamW)]
    public sealed partial class Brain
    {
        public static double Train(Dataset<double> data)
        {
            Brain brain = new Brain(7);
            Trainer trainer = new Trainer(brain);
            return trainer.Fit(data, new FitOptions { Epochs = 2 }).BestLoss + brain.Accuracy(data);
        }
    }
}
