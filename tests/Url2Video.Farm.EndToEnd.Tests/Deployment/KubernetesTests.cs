using System.Globalization;
using YamlDotNet.RepresentationModel;

namespace Url2Video.Farm.EndToEnd.Tests.Deployment;

/// <summary>No manifest was ever applied here (there is no Kubernetes at hand): these are the rules that each must keep.</summary>
public sealed class KubernetesTests
{
    public static TheoryData<string> PodNames() => [.. Manifests.Pods().Select(p => p.Name)];

    [Theory]
    [MemberData(nameof(PodNames))]
    public void Pod_IsConfined(string name)
    {
        var pod = Pod(name);
        var security = pod.Map("securityContext")!;

        Assert.Equal("true", security.Text("runAsNonRoot"));
        Assert.Equal("RuntimeDefault", security.Map("seccompProfile")?.Text("type"));
        Assert.Equal("false", pod.Text("automountServiceAccountToken"));
        Assert.NotEqual("true", pod.Text("hostNetwork"));
        Assert.NotEqual("true", pod.Text("hostPID"));
        Assert.All(Containers(pod), container =>
        {
            var own = container.Map("securityContext")!;
            Assert.Equal("false", own.Text("allowPrivilegeEscalation"));
            Assert.Equal("true", own.Text("readOnlyRootFilesystem"));
            Assert.Equal(["ALL"], own.Map("capabilities")!.Words("drop"));
            Assert.Null(own.Text("privileged"));
        });
        Assert.DoesNotContain(pod.List("volumes").OfType<YamlMappingNode>(), v => v.Map("hostPath") is not null);
    }

    [Theory]
    [MemberData(nameof(PodNames))]
    public void Pod_IsBoundedAndWatched(string name) => Assert.All(Containers(Pod(name)), container =>
    {
        var resources = container.Map("resources")!;
        Assert.All(new[] { "requests", "limits" }, kind => Assert.All(new[] { "cpu", "memory" }, what => Assert.NotNull(resources.Map(kind)?.Text(what))));
        Assert.NotNull(container.Map("startupProbe"));
        Assert.NotNull(container.Map("livenessProbe"));
        var image = container.Text("image")!;
        Assert.Matches("^[a-z0-9./-]+:[0-9]+\\.[0-9]+\\.[0-9]+$", image);
        Assert.DoesNotContain(container.List("env").OfType<YamlMappingNode>(), e =>
            e.Text("value") is not null && (e.Text("name")!.Contains("TOKEN", StringComparison.Ordinal) || e.Text("name")!.Contains("PASSWORD", StringComparison.Ordinal) || e.Text("name")!.Contains("STORE", StringComparison.Ordinal)));
    });

    [Theory]
    [MemberData(nameof(PodNames))]
    public void Pod_EveryEmptyDirIsSized(string name) => Assert.All(
        Pod(name).List("volumes").OfType<YamlMappingNode>().Where(v => v.Map("emptyDir") is not null),
        volume => Assert.NotNull(volume.Map("emptyDir")!.Text("sizeLimit")));

    [Theory]
    [MemberData(nameof(PodNames))]
    public void Pod_OfANode_IsDrainedBeforeItIsKilled(string name)
    {
        var pod = Pod(name);
        foreach (var container in Containers(pod).Where(c => c.Words("args").Contains("join")))
        {
            var arguments = container.Words("args");
            var drain = int.Parse(arguments[arguments.ToList().IndexOf("--drain-seconds") + 1], CultureInfo.InvariantCulture);
            var grace = int.Parse(pod.Text("terminationGracePeriodSeconds")!, CultureInfo.InvariantCulture);

            Assert.Contains("drain", container.Map("lifecycle")!.Map("preStop")!.Map("exec")!.Words("command"));
            Assert.True(grace > drain, $"{name}: {grace} s of grace, {drain} s of drain.");
        }
    }

    [Fact]
    public void EveryPod_HasADisruptionBudgetAndANetworkPolicy()
    {
        var budgets = Manifests.OfKind("PodDisruptionBudget").Select(o => o.Object.Map("spec")!.Map("selector")!.Map("matchLabels")!).ToList();
        var policies = Manifests.OfKind("NetworkPolicy").Select(o => o.Object.Map("spec")!.Map("podSelector")!.Map("matchLabels")).ToList();

        Assert.All(Manifests.Pods(), pod =>
        {
            Assert.Contains(budgets, labels => Selects(labels, pod.Labels));
            Assert.Contains(policies, labels => labels is not null && Selects(labels, pod.Labels));
        });
        Assert.Contains(policies, labels => labels is null); // Everything is denied first.
    }

    [Fact]
    public void Node_HasNoWayIn()
    {
        var (_, policy) = Manifests.OfKind("NetworkPolicy").Single(o => o.Object.Map("metadata")!.Text("name") == "node");

        Assert.Empty(policy.Map("spec")!.List("ingress"));
        Assert.DoesNotContain("5432", policy.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void NoManifest_HoldsASecret() => Assert.Empty(Manifests.OfKind("Secret"));

    [Fact]
    public void Kustomizations_NameFilesThatExist() => Assert.All(Manifests.OfKind("Kustomization"), entry =>
    {
        var folder = Path.GetDirectoryName(Path.Combine(Manifests.Root, entry.File))!;
        Assert.All(entry.Object.Words("resources"), resource =>
            Assert.True(File.Exists(Path.Combine(folder, resource)) || File.Exists(Path.Combine(folder, resource, "kustomization.yaml")), $"{entry.File}: {resource}"));
    });

    [Fact]
    public void GpuNodes_AskForAGpu_AndOthersDoNot()
    {
        var asking = Manifests.Pods().Where(p => Containers(p.Pod).Any(c => c.Map("resources")!.Map("limits")!.Text("nvidia.com/gpu") is not null)).Select(p => p.Name);

        Assert.Equal(["k8s/overlays/gpu/node-gpu.yaml:node-gpu"], asking);
    }

    private static YamlMappingNode Pod(string name) => Manifests.Pods().Single(p => p.Name == name).Pod;

    private static IEnumerable<YamlMappingNode> Containers(YamlMappingNode pod) => pod.List("containers").Concat(pod.List("initContainers")).OfType<YamlMappingNode>();

    private static bool Selects(YamlMappingNode selector, YamlMappingNode labels) =>
        selector.Children.All(pair => labels.Text(((YamlScalarNode)pair.Key).Value!) == ((YamlScalarNode)pair.Value).Value);
}
