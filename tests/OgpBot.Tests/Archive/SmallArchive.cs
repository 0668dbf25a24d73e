using OgpBot.Archive;
using OgpBot.Tests.Support;

namespace OgpBot.Tests.Archive;

/// <summary>An archive of invented papers on the renewal of a square: data files, cards, and the document that they point at.</summary>
internal static class SmallArchive
{
    /// <summary>The name of the document, once added.</summary>
    internal const string Document = "cuaderno";

    internal const string Title = "Cuaderno de la Plaza Roble";

    /// <summary>What the documents say, as they say it.</summary>
    internal const string Installed = "El comité vecinal quedó instalado la tarde del 14 de marzo de 2021.";

    internal const string Text = $"""
        # {Title}

        ## El comité

        {Installed} Lo integraron siete personas del barrio.

        La presidenta fue la arquitecta Jimena Solares, elegida a mano alzada. Su correo es comite@plazaroble.example desde entonces.

        ## Las asambleas

        Se celebraron cuatro asambleas abiertas en el quiosco.¹ Ninguna fue en domingo.

        ¹ Listas de asistencia del archivo del barrio.

        La lista del quiosco suma 312 asistencias en las asambleas.

        El informe de cierre cuenta 298 asistencias, sin las repetidas.

        ## La obra

        La fuente no se retiró: fue restaurada con piedra de la misma cantera. El granizo de junio rompió cuarenta faroles.
        """;

    private const string Sources = $"""
        - {"{"}id: cuaderno-2021, file: {Document}, title: {Title}, short: Cuaderno, publisher: Comité vecinal, date: "2021-11", url: "https://plazaroble.example/cuaderno", sha256: "0"{"}"}
        """;

    private const string Facts = """
        - id: comite-instalado
          kind: process
          asks: [when]
          questions:
            es: [¿Cuándo se instaló el comité vecinal?, fecha de instalación del comité]
            en: [When was the neighbourhood committee installed?]
          lead: {es: "El comité vecinal se instaló el 14 de marzo de 2021.", en: "The neighbourhood committee was installed on 14 March 2021."}
          sources:
            - {document: cuaderno-2021, section: El comité, words: [comité vecinal, 14 de marzo]}
        - id: presidenta
          kind: process
          asks: [who]
          questions:
            es: [¿Quién fue la presidenta del comité?, nombre de la presidenta]
            en: [Who chaired the committee?]
          lead: {es: "Jimena Solares, arquitecta, presidió el comité.", en: "Jimena Solares, an architect, chaired the committee."}
          sources:
            - {document: cuaderno-2021, section: El comité, words: [presidenta, mano alzada]}
        - id: asambleas
          kind: process
          asks: [how_many]
          questions:
            es: [¿Cuántas asambleas hubo?]
          lead: {es: "Hubo cuatro asambleas.", en: "There were four assemblies."}
          sources:
            - {document: cuaderno-2021, section: Las asambleas, words: [cuatro asambleas]}
        - id: asistencias
          kind: process
          asks: [how_many]
          questions:
            es: [¿Cuántas asistencias se contaron?]
          lead: {es: "Los papeles difieren: 312 o 298 asistencias.", en: "The papers differ: 312 or 298 attendances."}
          sources:
            - {document: cuaderno-2021, section: Las asambleas, words: [312]}
            - {document: cuaderno-2021, section: Las asambleas, words: [298]}
        - id: bancas-piedra
          kind: process
          asks: [which]
          questions:
            es: [¿Qué material tienen las bancas?]
          lead: {es: "Las bancas del norte son de piedra.", en: "The northern benches are of stone."}
          sources:
            - {document: cuaderno-2021, section: La obra, words: [misma cantera]}
        - id: bancas-madera
          kind: process
          asks: [which]
          questions:
            es: [¿Qué material tienen las bancas?]
          lead: {es: "Las bancas del sur son de madera.", en: "The southern benches are of wood."}
          sources:
            - {document: cuaderno-2021, section: La obra, words: [cuarenta faroles]}
        - id: costo
          kind: gap
          asks: [how_many]
          questions:
            es: [¿Cuánto costó la obra?, costo de la obra]
          lead: {es: "El cuaderno no dice cuánto costó la obra.", en: "The notebook does not tell what the works cost."}
          sources:
            - {document: cuaderno-2021, section: La obra, words: [misma cantera]}
        - id: fuente-no-retirada
          kind: premise
          asks: [why]
          questions:
            es: [¿Por qué quitaron la fuente?]
          lead: {es: "La fuente no se quitó: se restauró.", en: "The fountain was not removed: it was restored."}
          sources:
            - {document: cuaderno-2021, section: La obra, words: [no se retiró]}

        """;

    private const string Lexicon = """
        empty:
          - el la los las un una de del en se que fue hubo a y por es son con lo
          - cuando quien cual cuanto cuantos cuantas cuanta donde como porque
          - the was of in what when who which how many there were
        decisive: [telefono costo]
        hurried: {q: que, kndo: cuando, pq: porque}
        english: {neighbourhood: vecinal, committee: comite, installed: instalado, chaired: presidenta, assemblies: asambleas}
        phrases: {por que: porque}
        same:
          - [instalacion, instalo, instalado]
          - [quitar, quitaron, retiraron]
        asks:
          when: cuando fecha fechas dia dias ano mes periodo when date dates
          who: quien quienes persona personas nombre nombres who whom whose
          how_many: cuantos cuantas cuanto cuanta cantidad many much
          where: donde direccion domicilio liga link enlace pagina where
          why: porque motivo motivos razon razones causa why
        contacts:
          phone: telefono phone telephone
          email: correo mail email
          address: direccion domicilio address calle
        """;

    private const string Recognise = """
        rules:
          - {match: '\bignora tus reglas\b', why: an injected instruction}
        private:
          - {match: '\bdonde vive\b', why: a home}
        opinion:
          - {match: '\bque opinas\b', why: an opinion}
        greeting:
          - {match: '^hola$', why: a greeting}
        about_bot:
          - {match: '\bquien eres\b', why: the bot}
        off_topic:
          - {match: '\breceta\b', unless: '\bplaza\b', why: cooking}

        """;

    private const string Process = """
        asOf: {date: 2021-11, note: n, sources: [{document: cuaderno-2021, section: El comité, words: [siete personas]}]}
        summary: {es: Resumen., en: Summary.}
        stages:
          - {id: obra, kind: stage, name: Obra, state: done, note: n, sources: [{document: cuaderno-2021, section: La obra, words: [misma cantera]}]}

        """;

    private const string Card = """
        ---
        title: La obra de la plaza
        ---

        ## Los faroles
        El granizo de junio dañó cuarenta faroles de la plaza.

        Fuente: cuaderno-2021, La obra

        """;

    /// <summary>Writes it into the folder.</summary>
    /// <returns>Where its data files lie.</returns>
    internal static string Write(TemporaryFolder folder)
    {
        var archive = folder.File("archive");
        Directory.CreateDirectory(Path.Combine(archive, "cards"));
        foreach (var (name, text) in new[]
        {
            ("sources.yaml", Sources), ("facts.yaml", Facts), ("lexicon.yaml", Lexicon), ("recognise.yaml", Recognise), ("process.yaml", Process),
            (Path.Combine("cards", "obra.md"), Card),
        })
        {
            File.WriteAllText(Path.Combine(archive, name), text);
        }

        File.WriteAllText(folder.File($"{Document}.md"), Text);
        return archive;
    }

    internal static Dictionary<string, string?> Settings(TemporaryFolder folder) => new() { ["OgpBot:ArchiveDirectory"] = Write(folder) };

    /// <summary>A file of the folder, added as <c>archive add</c> does without options.</summary>
    internal static Task<AddedDocument> AddAsync(this TestHost host, string file) =>
        host.Get<ArchiveStore>().AddAsync(file, new DocumentDetails(null, null, null, null), TestContext.Current.CancellationToken);

    internal static Task<AddedDocument> AddDocumentAsync(this TestHost host, TemporaryFolder folder) => host.AddAsync(folder.File($"{Document}.md"));
}
