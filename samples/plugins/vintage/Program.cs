using Vintage;

return PluginLoop.Run("vintage", "1.1.0", hello => new OldPrint(hello).Apply);
