using OgpBot.Pages;

namespace OgpBot.Staff;

/// <summary>The files that the desk's pages load: the citizen's look, what the desk adds to it, and the script of its keys.</summary>
internal sealed class StaffAssets(PageAssets assets)
{
    public string BaseStyles => assets.AddressOf(PageAssets.Styles);

    public string Styles => assets.AddressOf(PageAssets.StaffStyles);

    public string Script => assets.AddressOf(PageAssets.StaffScript);

    public string Icon => assets.AddressOf(PageAssets.Icon);
}
