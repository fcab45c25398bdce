using System.Security.Cryptography;
using CustomerGrains.Storage.Sealing;
using CustomerGrains.Tests.Support;
using Shouldly;
using Xunit;

namespace CustomerGrains.Storage.Tests.Sealing;

[Trait("Section", "S6")]
public sealed class SealingTests : IDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("cg-keys-").FullName;
    private readonly Guid _customer = Guid.CreateVersion7();

    public SealingTests() => KeyRing.CreateIfMissing(_directory);

    [Fact]
    public void Open_WhatWasSealed_GivesItBack() =>
        Key().Let(k => k.OpenText(SealedColumn.Phone, k.Seal(SealedColumn.Phone, "+4915112345678")))
            .ShouldBe("+4915112345678");

    [Fact]
    public void Open_UnderAnotherColumnOrCustomer_Fails()
    {
        var key = Key();
        var value = key.Seal(SealedColumn.Phone, "+4915112345678")!;
        Should.Throw<CryptographicException>(() => key.Open(SealedColumn.Email, value));

        var ring = Ring();
        var wrapped = ring.Wrap(key);
        Should.Throw<CryptographicException>(() => ring.Unwrap(Guid.CreateVersion7(), wrapped));
        ring.Unwrap(_customer, wrapped).OpenText(SealedColumn.Phone, value).ShouldBe("+4915112345678");
    }

    [Fact]
    public void Open_WithAnyBitFlipped_Fails()
    {
        var key = Key();
        var value = key.Seal(SealedColumn.Email, "a@example.org")!;
        for (var bit = 0; bit < value.Length * 8; bit++)
        {
            var tampered = value.ToArray();
            tampered[bit / 8] ^= (byte)(1 << (bit % 8));
            Should.Throw<CryptographicException>(() => key.Open(SealedColumn.Email, tampered));
        }

        Scoreboard.Add("S6", ("bits_flipped", value.Length * 8), ("opened", 0));
    }

    [Fact]
    public void Seal_TheSameValueTwice_LooksDifferent()
    {
        var key = Key();
        key.Seal(SealedColumn.Email, "a@example.org")
            .ShouldNotBe(key.Seal(SealedColumn.Email, "a@example.org"));
    }

    [Fact]
    public void Rotate_WhileAnotherProcessRuns_IsNoticedWithoutARestart()
    {
        var running = Ring();
        var key = Key();
        var old = running.Wrap(key);
        var rotator = Ring();
        rotator.Rotate().ShouldBe(2);

        var fresh = rotator.Wrap(key);
        fresh.MasterKeyId.ShouldBe(2);
        var value = key.Seal(SealedColumn.Phone, "+1")!;
        running.Unwrap(_customer, fresh).OpenText(SealedColumn.Phone, value).ShouldBe("+1");
        running.Unwrap(_customer, old).OpenText(SealedColumn.Phone, value).ShouldBe("+1");
    }

    [Fact]
    public void BlindIndex_DependsOnFieldAndValueAlone()
    {
        var ring = Ring();
        var index = ring.BlindIndex(IndexedField.Phone, "+4915112345678");
        index.Length.ShouldBe(32);
        Ring().BlindIndex(IndexedField.Phone, "+4915112345678").ShouldBe(index);
        ring.BlindIndex(IndexedField.Email, "+4915112345678").ShouldNotBe(index);
        ring.Rotate();
        ring.BlindIndex(IndexedField.Phone, "+4915112345678").ShouldBe(index);
    }

    [Fact]
    public void CodeMatches_OnlyTheCodeOfItsOwnChallenge()
    {
        var ring = Ring();
        var challenge = Guid.CreateVersion7();
        var hash = ring.HashCode(challenge, "123456");
        ring.Rotate();
        ring.CodeMatches(hash, challenge, "123456").ShouldBeTrue();
        ring.CodeMatches(hash, challenge, "123457").ShouldBeFalse();
        ring.CodeMatches(hash, Guid.CreateVersion7(), "123456").ShouldBeFalse();
    }

    [Fact]
    public void CreateIfMissing_MakesAFileForItsOwnerOnly_AndKeepsAnExistingOne()
    {
        var path = Path.Combine(_directory, "keyring.json");
        var before = File.ReadAllBytes(path);
        KeyRing.CreateIfMissing(_directory);
        File.ReadAllBytes(path).ShouldBe(before);
        File.GetUnixFileMode(path).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
    }

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    private KeyRing Ring() => KeyRing.Open(_directory, TimeProvider.System);

    private DataKey Key() => DataKey.Create(_customer, new CryptographicRandom());
}

internal static class Piping
{
    public static TResult Let<T, TResult>(this T value, Func<T, TResult> use) => use(value);
}
