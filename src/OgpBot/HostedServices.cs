namespace OgpBot;

/// <summary>Registers services that start and stop with the host.</summary>
internal static class HostedServices
{
    /// <summary>One that others ask for too. Services start in the order of their registration, and stop in the reverse one.</summary>
    internal static void AddHosted<T>(this IServiceCollection services)
        where T : class, IHostedService
    {
        services.AddSingleton<T>();
        services.AddHostedService(provider => provider.GetRequiredService<T>());
    }
}
