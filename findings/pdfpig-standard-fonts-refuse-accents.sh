#!/usr/bin/env bash
# PdfPig 0.1.16: its PdfDocumentBuilder writes no accented letter in one of PDF's 14 standard fonts, although Helvetica has «ó» and WinAnsiEncoding,
# which PDF 32000-1 (Annex D) gives for such fonts, has it too. A Spanish word throws; the same word without its accent is written.
# Seen: InvalidOperationException, "The font does not contain a character: 'ó' (0xF3)." Way round: AddTrueTypeFont with a font file of one's own.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"

cat > try.csproj <<'XML'
<Project Sdk="Microsoft.NET.Sdk">
  <PropertyGroup>
    <OutputType>Exe</OutputType>
    <TargetFramework>net10.0</TargetFramework>
    <ImplicitUsings>enable</ImplicitUsings>
  </PropertyGroup>
  <ItemGroup>
    <PackageReference Include="PdfPig" Version="[0.1.16]" />
  </ItemGroup>
</Project>
XML

cat > Program.cs <<'CS'
using UglyToad.PdfPig;
using UglyToad.PdfPig.Content;
using UglyToad.PdfPig.Core;
using UglyToad.PdfPig.Fonts.Standard14Fonts;
using UglyToad.PdfPig.Writer;

foreach (var word in new[] { "Publicacion", "Publicación" })
{
    var builder = new PdfDocumentBuilder();
    var page = builder.AddPage(PageSize.A4);
    var font = builder.AddStandard14Font(Standard14Font.Helvetica);
    try
    {
        page.AddText(word, 12, new PdfPoint(50, 700), font);
        using var read = PdfDocument.Open(builder.Build());
        Console.WriteLine($"written and read: {read.GetPage(1).Text}");
    }
    catch (Exception error)
    {
        Console.WriteLine($"threw: {error.GetType().Name}: {error.Message}");
    }
}
CS

dotnet run -v quiet | tee output
grep -qx 'written and read: Publicacion' output
grep -q '^threw: .*ó' output
echo "PdfPig 0.1.16 still refuses «ó» in Helvetica."
