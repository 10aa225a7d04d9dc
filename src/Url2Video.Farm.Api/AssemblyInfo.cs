using System.Runtime.CompilerServices;

[assembly: InternalsVisibleTo("Url2Video.Farm.Api.Tests")]
[assembly: InternalsVisibleTo("url2video")]
