namespace GeneratedNetworks.Fuzz;

/// <summary>Inputs by their number, each decided by it and the seed of the run alone.</summary>
internal interface IInputs
{
    byte[] Make(int number);
}
