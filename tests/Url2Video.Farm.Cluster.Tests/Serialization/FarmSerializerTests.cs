using System.Reflection;
using System.Runtime.Serialization;
using System.Text;
using Akka.Actor;
using Url2Video.Farm.Cluster.Serialization;
using Url2Video.Farm.Core.Dispatch;
using Url2Video.Farm.Core.Nodes;
using Url2Video.Farm.Core.Projects;

namespace Url2Video.Farm.Cluster.Tests.Serialization;

public sealed class FarmSerializerTests : IDisposable
{
    private readonly ActorSystem _system = ActorSystem.Create("serialization", "akka { loglevel = OFF, stdout-loglevel = OFF }");
    private readonly FarmSerializer _serializer;

    public FarmSerializerTests() => _serializer = new FarmSerializer((ExtendedActorSystem)_system);

    public static TheoryData<string> MessageNames => [.. WireNames.Messages.Values.Order(StringComparer.Ordinal)];

    public static TheoryData<string, string> CaseNames
    {
        get
        {
            var names = new TheoryData<string, string>();
            foreach (var (union, cases) in WireNames.Unions.OrderBy(u => u.Key.Name, StringComparer.Ordinal))
            {
                foreach (var (_, word) in cases.All)
                {
                    names.Add(union.Name, word);
                }
            }

            return names;
        }
    }

    public void Dispose() => _system.Dispose();

    [Theory]
    [MemberData(nameof(MessageNames))]
    public void ToBinary_EveryMessage_GivesTheGoldenBytesAndReadsThemBack(string manifest)
    {
        var sample = WireSamples.Messages.Single(m => _serializer.Manifest(m) == manifest);

        var bytes = _serializer.ToBinary(sample);
        var back = _serializer.FromBinary(bytes, manifest);

        GoldenFile.Verify(manifest, bytes, old => _serializer.ToBinary(_serializer.FromBinary(old, manifest)));
        Assert.IsType(sample.GetType(), back);
        Assert.Equal(bytes, _serializer.ToBinary(back));
    }

    [Theory]
    [MemberData(nameof(CaseNames))]
    public void Write_EveryCaseOfAUnion_GivesTheGoldenBytesAndReadsThemBack(string union, string word)
    {
        var (type, cases) = WireNames.Unions.Single(u => u.Key.Name == union);
        var caseType = cases.All.Single(c => c.Word == word).Type;
        var sample = WireSamples.Cases.Single(c => c.Union == type && c.Case.GetType() == caseType).Case;

        byte[] Write(object value) => System.Text.Json.JsonSerializer.SerializeToUtf8Bytes(value, FarmJson.Options.GetTypeInfo(type));
        var bytes = Write(sample);

        GoldenFile.Verify($"{union}.{word}", bytes, old => Write(FarmJson.Read(old, type)));
        Assert.IsType(caseType, FarmJson.Read(bytes, type));
    }

    [Fact]
    public void ToBinary_WhatIsSaidOfReserves_ComesBack_AndNothingIsWrittenWhereThereIsNone()
    {
        var holder = new Core.NodeIncarnation(new Core.NodeId("n"), 7);
        var offer = WireSamples.Messages.OfType<DispatchMessage.Offer>().Single() with { ReservedBy = holder, ReservesLeft = 3 };
        var demand = WireSamples.Messages.OfType<DispatchMessage.Demand>().Single();

        var back = Assert.IsType<DispatchMessage.Offer>(_serializer.FromBinary(_serializer.ToBinary(offer), _serializer.Manifest(offer)));
        Verify("offer-held-in-reserve", offer);
        Verify("demand-of-reserves", demand with { ReserveRoom = 4 });
        Verify("tell-demand-same-dispatcher", new NodeMessage.TellDemand { IsSameDispatcher = true });
        var asked = Assert.IsType<DispatchMessage.Demand>(_serializer.FromBinary(_serializer.ToBinary(demand with { ReserveRoom = 4 }), _serializer.Manifest(demand)));

        Assert.Equal(((Core.NodeIncarnation?)holder, 3), (back.ReservedBy, back.ReservesLeft));
        Assert.Equal(4, asked.ReserveRoom);
        Assert.DoesNotContain("reserve", Encoding.UTF8.GetString(_serializer.ToBinary(demand)), StringComparison.OrdinalIgnoreCase);

        // Members that came later have bytes of their own, because those of before do not have them.
        void Verify(string name, object message) => GoldenFile.Verify(
            name, _serializer.ToBinary(message), old => _serializer.ToBinary(_serializer.FromBinary(old, _serializer.Manifest(message))));
    }

    [Fact]
    public void Messages_EveryEventAndEveryProtocolRecord_HasAName()
    {
        // What a node or a dispatcher tells itself has no form on the wire.
        Type[] local =
        [
            typeof(NodeMessage.WorkFinished), typeof(NodeMessage.WorkFailed), typeof(NodeMessage.WorkProgress), typeof(NodeMessage.WorkStopped), typeof(NodeMessage.Tick),
            typeof(NodeMessage.LinkUp), typeof(NodeMessage.CutOff),
            typeof(DispatchMessage.NodeGone), typeof(DispatchMessage.Tick),
        ];
        var expected = new[] { typeof(ProjectEvent), typeof(NodeMessage), typeof(DispatchMessage) }
            .SelectMany(t => t.GetNestedTypes(BindingFlags.Public))
            .Except(local);

        Assert.Empty(expected.Except(WireNames.Messages.Keys));
    }

    [Fact]
    public void Unions_EveryCaseOfTheContracts_HasAWord()
    {
        Type[] contracts = [typeof(Core.Contracts.SourceSpec), typeof(Core.Contracts.JobWork), typeof(Core.Contracts.JobResult)];

        Assert.All(contracts, union => Assert.Empty(
            union.GetNestedTypes(BindingFlags.Public).Except(WireNames.Unions[union].All.Select(c => c.Type))));
    }

    [Fact]
    public void FromBinary_UnknownManifest_IsRefused() =>
        Assert.Throws<SerializationException>(() => _serializer.FromBinary("{}"u8.ToArray(), "u2v.project.submitted.v999"));

    // Decision 0010: a newer farm may have more to say, at any depth and in any case of a union.
    [Theory]
    [InlineData("u2v.project.term-started.v1", """{"term":4,"later":{"a":[1]},"at":"2026-11-22T14:48:24+00:00"}""", """{"term":4,"at":"2026-11-22T14:48:24+00:00"}""")]
    [InlineData(
        "u2v.progress.v1",
        """{"progress":{"$is":"titled","project":"prj_1","title":"A film","subtitle":"more"},"later":null}""",
        """{"progress":{"$is":"titled","title":"A film","project":"prj_1"}}""")]
    public void FromBinary_WithMembersOfANewerFarm_ReadsTheRest(string manifest, string newer, string today)
    {
        var back = _serializer.FromBinary(Encoding.UTF8.GetBytes(newer), manifest);

        Assert.Equal(today, Encoding.UTF8.GetString(_serializer.ToBinary(back)));
    }

    [Fact]
    public void FromBinary_CaseOfANewerFarm_IsRefused() => Assert.Throws<SerializationException>(
        () => _serializer.FromBinary("""{"progress":{"$is":"sung","project":"prj_1"}}"""u8.ToArray(), "u2v.progress.v1"));

    [Theory]
    [InlineData("{\"term\":4}")]
    [InlineData("{\"term\":\"4\",\"at\":\"2026-11-22T14:48:24+00:00\"}")]
    [InlineData("null")]
    [InlineData("{\"term\":4,\"at\":")]
    public void FromBinary_NotExactlyTheRecord_IsRefused(string json) =>
        Assert.Throws<SerializationException>(() => _serializer.FromBinary(Encoding.UTF8.GetBytes(json), "u2v.project.term-started.v1"));

    [Theory]
    [InlineData("../../etc/passwd")]
    [InlineData("ABCDEF0123456789ABCDEF0123456789ABCDEF0123456789ABCDEF0123456789")]
    public void FromBinary_ArtifactIdThatIsNoHash_IsRefused(string id)
    {
        var json = $$$"""{"attempt":1,"result":{"files":[{"name":"a","file":{"id":"{{{id}}}","bytes":1}}]}}""";

        Assert.Throws<SerializationException>(() => _serializer.FromBinary(Encoding.UTF8.GetBytes(json), "u2v.project.film-assembled.v1"));
    }

    [Fact]
    public void ToBinary_TypeWithoutAName_IsRefused() => Assert.Throws<SerializationException>(() => _serializer.ToBinary(new Uri("https://example.test/")));

    [Fact]
    public void FromBinary_LongerThanTheBound_IsRefused() =>
        Assert.Throws<SerializationException>(() => _serializer.FromBinary(new byte[FarmJson.BytesMax + 1], "u2v.project.term-started.v1"));
}
