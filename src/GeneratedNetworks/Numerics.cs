namespace GeneratedNetworks;

/// <summary>Whether a network's numbers may depend on where it runs.</summary>
public enum Numerics
{
    /// <summary>
    /// Sums are taken in the order that is fastest where the program runs, products are fused into them where the processor can, and functions take the form
    /// that suits the width of its vectors. Results differ in the last digits between profiles and between vectors of 512, 256, 128 bits and none.
    /// </summary>
    Fast,

    /// <summary>
    /// The same bits in every profile, at every width of vectors, on every runtime and processor: outputs, losses, gradients and whole training runs,
    /// initialization, dropout and shuffling included. Every sum has an order that the shape alone gives, no product is fused into a sum, and every function
    /// has one form. A sample's outputs do not depend on the batch that it is in. Training with <see cref="FitOptions.Threads"/> has the same bits for every
    /// number of threads; without, batches of more than 15 samples are added up in another order.
    /// </summary>
    Reproducible,
}
