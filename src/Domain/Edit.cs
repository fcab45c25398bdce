namespace CustomerGrains.Domain;

/// <summary>A wanted change of one value; the default is "leave it as it is".</summary>
public readonly record struct Edit<T>
{
    private readonly T _value;

    public Edit(T value)
    {
        IsSet = true;
        _value = value;
    }

    public bool IsSet { get; }

    public T Over(T current) => IsSet ? _value : current;
}
