using Microsoft.Extensions.DependencyInjection;
using OgpBot.Calls;

namespace OgpBot.Tests.Support;

/// <summary>Puts another handler in the place of one of the rooms'.</summary>
internal static class Handlers
{
    internal static void ReplaceHandler<T>(this IServiceCollection services, ICallHandler handler)
        where T : ICallHandler
    {
        services.Remove(services.Single(service => service.ServiceType == typeof(ICallHandler) && service.ImplementationType == typeof(T)));
        services.AddSingleton(handler);
    }
}
