using System.Text;

namespace OgpBot.Benchmarks;

/// <summary>
/// What a citizen says in one whole dialog: ten turns, an anonymous submission. The same dialog number always gives the same texts.
/// The labels are those of the submission dialog, word by word.
/// </summary>
internal static class DialogScript
{
    private const int ProblemLength = 200;

    private static readonly string[] Axes =
    [
        "Transparencia fiscal y contrataciones abiertas", "Gobierno digital y acceso a servicios públicos",
        "Medio ambiente y cambio climático", "Participación ciudadana y derecho a la información", "Género e inclusión",
    ];

    private static readonly string[] Boroughs =
    [
        "Álvaro Obregón", "Azcapotzalco", "Benito Juárez", "Coyoacán", "Cuajimalpa de Morelos", "Cuauhtémoc", "Gustavo A. Madero", "Iztacalco",
        "Iztapalapa", "La Magdalena Contreras", "Miguel Hidalgo", "Milpa Alta", "Tláhuac", "Tlalpan", "Venustiano Carranza", "Xochimilco",
    ];

    private static readonly string[] Complaints =
    [
        "No se publica cuánto costó la obra de la calle.", "El trámite en línea se cae cada mañana.", "Nadie avisa cuándo viene el agua.",
        "El parque está a oscuras desde marzo.", "Las reuniones del comité no tienen acta.", "La ventanilla pide copias que ya entregamos.",
        "El mercado tira la basura en la esquina.", "No hay rampas en la entrada de la alcaldía.", "Las respuestas llegan fuera de plazo.",
        "El mapa de riesgos no se actualizó en dos años.", "El camión ya no pasa por la escuela.", "Los árboles se talan sin aviso.",
    ];

    private static readonly string[] Proposals =
    [
        "Publicar cada contrato con su monto y su avance en un solo sitio.", "Avisar por mensaje un día antes y decir a quién llamar.",
        "Hacer una reunión al mes con acta y fechas de cumplimiento.", "Poner en el sitio los datos abiertos de cada colonia.",
    ];

    public static string[] For(int dialog)
    {
        var random = new Random(dialog);
        return
        [
            "Enviar un problema o propuesta", "Acepto", Problem(random), Pick(random, Axes), "Mi colonia", Pick(random, Boroughs), "Narvarte",
            Pick(random, Proposals), "Prefiero no dejar datos", "Enviar",
        ];
    }

    private static string Problem(Random random)
    {
        var text = new StringBuilder(Pick(random, Complaints));
        while (text.Length < ProblemLength) text.Append(' ').Append(Pick(random, Complaints));
        return text.ToString();
    }

    private static string Pick(Random random, string[] choices) => choices[random.Next(choices.Length)];
}
