using System.Runtime.CompilerServices;

[assembly: InternalsVisibleTo("Url2Video.Farm.Cluster.Tests")]
