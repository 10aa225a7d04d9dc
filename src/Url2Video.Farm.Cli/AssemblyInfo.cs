using System.Runtime.CompilerServices;

[assembly: InternalsVisibleTo("Url2Video.Farm.EndToEnd.Tests")]
[assembly: InternalsVisibleTo("Url2Video.Farm.Bench")]
