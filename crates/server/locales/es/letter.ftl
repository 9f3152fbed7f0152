## La invitación y sus recordatorios, por correo electrónico.
letter-subject = Una pregunta, dos minutos
letter-reminder = Un recordatorio para todos: una pregunta, dos minutos
letter-ask = ¿Qué cambio sencillo aquí ayudaría a nuestros clientes? Nadie conoce tu parte del trabajo mejor que tú.
letter-safe = Este enlace es tuyo. Cuenta una vez para responder y otra, más adelante, para votar: guárdalo. Tus directivos, tus jefes y Recursos Humanos no pueden saber qué respuesta es la tuya; lo que podría ver la persona que administra el servidor está en la página.
letter-thanks = Si ya respondiste, gracias: esta carta llega a todos, porque nadie sabe quién ha respondido.

## Papeletas, para quienes no tienen correo.
slip-text = ¿Qué cambio sencillo aquí ayudaría a nuestros clientes? Dos minutos. Cualquier papeleta sirve para cualquiera de tu equipo. Cuenta una vez para responder y otra, más adelante, para votar: guárdala. Tus directivos, tus jefes y Recursos Humanos no pueden saber qué respuesta es la tuya.
slip-address = Escanea, o abre
slip-code = Código
last-day = Último día

## La invitación a votar y sus recordatorios.
letter-vote-subject = Tus votos, dos minutos
letter-vote-reminder = Un recordatorio para todos: tus votos, dos minutos
letter-vote-ask = Tus compañeros propusieron cambios que ayudarían a nuestros clientes. ¿Cuáles deberían ir primero? Cinco preguntas como mucho.
letter-vote-safe = Este enlace es tuyo. Votas una vez. Tus directivos, tus jefes y Recursos Humanos no pueden saber qué votos son tuyos. Puedes votar hayas respondido antes o no.
letter-vote-thanks = Si ya votaste, gracias: esta carta llega a todos, porque nadie sabe quién ha votado.
