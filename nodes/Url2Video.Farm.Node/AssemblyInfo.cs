using System.Runtime.CompilerServices;

[assembly: InternalsVisibleTo("Url2Video.Farm.Cluster.Tests")]
[assembly: InternalsVisibleTo("Url2Video.Farm.Api.Tests")]
[assembly: InternalsVisibleTo("url2video")]
[assembly: InternalsVisibleTo("Url2Video.Farm.EndToEnd.Tests")]
[assembly: InternalsVisibleTo("Url2Video.Farm.Bench")]
