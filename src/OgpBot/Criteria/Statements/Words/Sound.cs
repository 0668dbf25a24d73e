using System.Text;

namespace OgpBot.Criteria.Statements.Words;

/// <summary>How a folded Spanish word sounds in Mexico, where s, soft c and z, b and v, ll and y are the same, and h is mute.</summary>
internal static class Sound
{
    internal static string Of(string word)
    {
        var sound = new StringBuilder(word.Length);
        for (var at = 0; at < word.Length; at++)
        {
            var next = at + 1 < word.Length ? word[at + 1] : '\0';
            switch (word[at])
            {
                case 'h' when at == 0 || word[at - 1] is not ('c' or 's'):
                    break;
                case 'c' when next is 'e' or 'i':
                case 'z':
                    sound.Append('s');
                    break;
                case 'q' when next == 'u':
                    sound.Append('k');
                    at++;
                    break;
                case 'c' when next != 'h':
                case 'q':
                    sound.Append('k');
                    break;
                case 'g' when next is 'e' or 'i':
                    sound.Append('j');
                    break;
                case 'g' when next == 'u' && at + 2 < word.Length && word[at + 2] is 'e' or 'i':
                    sound.Append('g');
                    at++;
                    break;
                case 'v':
                    sound.Append('b');
                    break;
                case 'l' when next == 'l':
                    sound.Append('y');
                    at++;
                    break;
                default:
                    sound.Append(word[at]);
                    break;
            }
        }

        return sound.ToString();
    }
}
